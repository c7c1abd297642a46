package io.headwater.trainer.registry;

/** Example answers for the description of the interface. */
final class ModelExamples {
    private static final String HEAD =
            """
            {"version": 12, "state": "stable",
             "reason": "Beside version 11 on 400 held-out examples: right on 31 where that is wrong, wrong on 12 where \
            that is right, log loss -0.0841: significantly better (p = 0.0027).",
             "labels": ["ant", "bee"], "examples": 1604, "holdoutExamples": 400,
             "metrics": {"accuracy": 0.9125, "logLoss": 0.2411, "initial": {"accuracy": 0.5, "logLoss": 0.6932},
               "final": {"accuracy": 0.9125, "logLoss": 0.2411}, "baselineAccuracy": 0.5125,
               "stable": {"accuracy": 0.865, "logLoss": 0.3252}},
             "trainedAt": "2026-01-01T12:00:01.7Z", "parent": 11, "trigger": "50 new labels had come.",
             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "backbone": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
             "gate": {"outcome": "passed", "reason": "Beside version 11 on 400 held-out examples: right on 31 where that \
            is wrong, wrong on 12 where that is right, log loss -0.0841: significantly better (p = 0.0027)."},
             "comparison": {"version": 11, "examples": 400, "wins": 31, "losses": 12, "pValue": 0.0054,
               "pWorse": 0.9989, "logLossDifference": {"value": -0.0841, "low": -0.1187, "high": -0.0495}},
             "calibration": {"temperature": 1.21, "errorBefore": 0.041, "errorAfter": 0.018, "examples": 240,
               "part": "calibration"},
             "lineage": {"cause": "new labels", "start": "warm",
               "classes": [{"label": "ant", "train": 810, "holdout": 205, "sha256": "2c26b46b68ffc68ff99b453c1d304134\
            13422d706483bfa0f98a5e886266e7ae"}, {"label": "bee", "train": 794, "holdout": 195, "sha256": "fcde2b2edba5\
            6bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"}],
               "labelOffsets": {"0": 2011}, "embeddingOffsets": {"0": 5210}, "exampleOffsets": {"0": 2004},
               "hyperparameters": {"seed": "42"}, "libraries": {"pytorch": "2.7.1"},
               "durations": {"measuring": 310, "exporting": 420, "storing": 12}},
             "card": "/models/12/card",
             "evaluation": {"confidence": 0.95, "accuracy": {"value": 0.9125, "low": 0.8808, "high": 0.9364},
               "topK": {"1": {"value": 0.9125, "low": 0.8808, "high": 0.9364}},
               "logLoss": {"value": 0.2411, "low": 0.2033, "high": 0.2822},
               "calibrationError": {"value": 0.021, "low": 0.017, "high": 0.052},
               "classes": [{"label": "ant", "holdout": 205, "precision": {"value": 0.92, "low": 0.87, "high": 0.95},
                 "recall": {"value": 0.91, "low": 0.86, "high": 0.94}, "f1": {"value": 0.915, "low": 0.88, "high": 0.94}}]""";

    static final String LIST = "[" + HEAD + "}}]";

    static final String ONE = HEAD + ", \"confusion\": [[187, 18], [17, 178]]}}";

    static final String CARD =
            """
            # Headwater image classifier, version 12

            ## Intended use

            It says which of 2 classes a photograph shows: ant, bee.""";

    static final String UNKNOWN =
            "{\"title\": \"Not Found\", \"status\": 404, \"detail\": \"There is no version 99.\"}";

    private ModelExamples() {}
}
