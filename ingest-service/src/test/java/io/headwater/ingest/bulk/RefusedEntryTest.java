package io.headwater.ingest.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.GuardedStream;
import io.headwater.ingest.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries that are never given to anybody, so there is nobody to give them to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedEntryTest {
    private static final int LINK = 512;

    @Test
    void a_sparse_file_of_64_gigabytes_ends_the_batch_instead_of_being_expanded() throws Exception {
        BatchSource source = tar((1L << 36) - 1);

        assertThat(source.next().flatMap(BatchItem::name)).contains("holes.jpg");
        assertThatThrownBy(source::next).isInstanceOf(ProblemException.class).hasMessageContaining("bomb");
    }

    @Test
    void a_small_sparse_file_is_one_bad_line() throws Exception {
        BatchSource source = tar(1 << 20);

        assertThat(source.next().flatMap(BatchItem::name)).contains("holes.jpg");
        assertThat(source.next().flatMap(BatchItem::name)).contains("link.jpg");
        assertThat(source.next()).isEmpty();
    }

    @Test
    void an_interrupt_ends_what_is_inflated_without_input() {
        GuardedStream none = new GuardedStream(new ByteArrayInputStream(new byte[0]), 1);
        Inflation inflation = new Inflation(new ByteArrayInputStream(new byte[1000]), none);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> inflation.read(new byte[10])).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_encrypted_or_unknown_entry_of_a_zip_is_one_bad_line() throws Exception {
        byte[] content = "secret".getBytes(StandardCharsets.UTF_8);
        byte[] zip = Archives.zip(entries -> {
            for (String name : new String[] {"encrypted.jpg", "unknown.jpg", "last.jpg"}) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setCrc(crc.getValue());
                entries.putArchiveEntry(entry);
                entries.write(content);
                entries.closeArchiveEntry();
            }
        });
        zip[localHeader(zip, 0) + 6] |= 1;
        zip[localHeader(zip, 1) + 8] = 99;
        zip[localHeader(zip, 2) + 6] |= 1;
        BatchSource source = new ZipSource(new ByteArrayInputStream(zip), null, null);

        assertThat(source.next().flatMap(BatchItem::name)).contains("encrypted.jpg");
        assertThat(source.next().flatMap(BatchItem::name)).contains("unknown.jpg");
        assertThat(source.next().flatMap(BatchItem::name)).contains("last.jpg");
        assertThat(source.next()).isEmpty();
    }

    private static int localHeader(byte[] zip, int number) {
        byte[] mark = {'P', 'K', 3, 4};
        int found = -1;
        for (int at = 0; at + mark.length <= zip.length; at++) {
            if (Arrays.equals(zip, at, at + mark.length, mark, 0, mark.length) && ++found == number) {
                return at;
            }
        }
        throw new IllegalArgumentException("there is no entry " + number);
    }

    /** A sparse file (old GNU format) that is one hole, and a link. */
    private static BatchSource tar(long hole) {
        byte[] tar = Archives.tar(entries -> {
            Archives.link(entries, "holes.jpg", "");
            Archives.link(entries, "link.jpg", "elsewhere");
        });
        byte[] header = Arrays.copyOf(tar, LINK);
        header[156] = 'S';
        Arrays.fill(header, 345, LINK, (byte) 0);
        System.arraycopy("ustar  \0".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        number(header, 386, hole);
        number(header, 398, 0);
        number(header, 483, hole);
        Archives.checksum(header);
        System.arraycopy(header, 0, tar, 0, LINK);
        return new TarSource(new ByteArrayInputStream(tar), null, null);
    }

    private static void number(byte[] header, int at, long value) {
        System.arraycopy(String.format("%012o", value).getBytes(StandardCharsets.US_ASCII), 0, header, at, 12);
    }
}
