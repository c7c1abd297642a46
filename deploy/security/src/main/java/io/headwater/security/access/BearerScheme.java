package io.headwater.security.access;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Says in the OpenAPI document of every service how a key or token is sent, so that Swagger UI asks for one. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class BearerScheme implements OASFilter {
    private static final String NAME = "bearer";

    /** Made by the framework. */
    public BearerScheme() {}

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSecurityScheme(
                        NAME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "An API key (./headwater keys add) with headwater.auth=api-key, a token of the"
                                                + " provider with oidc, nothing with none."));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(NAME));
        // Or none, as headwater.auth may be.
        document.addSecurityRequirement(OASFactory.createSecurityRequirement());
    }
}
