// SPDX-License-Identifier: Apache-2.0
package org.zreap.internal.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zreap.AdoptOptions;
import org.zreap.ProcessIdentity;
import org.zreap.Target;
import org.zreap.internal.wire.Order;

class ZreapFamilyTest {

    private static final Pattern ENUM = Pattern.compile("enum \\{(.*?)\\b__", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("ZREAP_(\\w+)");

    /** The numbers count up from 1 in the order of the names. */
    @Test
    void numbersAreThoseOfTheKernelModule() throws IOException {
        String header = Files.readString(Path.of("../../kmod/uapi/zreap_genl.h"));
        Map<String, Integer> numbers = ENUM.matcher(header)
                .results()
                .map(body -> NAME.matcher(body.group(1))
                        .results()
                        .map(match -> match.group(1))
                        .toList())
                .flatMap(names -> IntStream.range(0, names.size()).mapToObj(i -> Map.entry(names.get(i), i + 1)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertEquals(ZreapFamily.COLUMNS, inOrder("A_ROW_", numbers));
        assertEquals(Map.of("GET", 1, "REAP", 2, "ADOPT", 3, "RELEASE", 4, "EVENT", 5), startingWith("CMD_", numbers));
        assertEquals(
                List.of("TARGET", "ALL", "MIN_AGE_MS", "PARENT", "TO", "SIGNAL", "DRY_RUN", "ROW", "GENTLE", "FORCE"),
                inOrder("A_(?!TARGET_|ROW_)", numbers));
        assertEquals(Map.of("PID", 1, "START", 2), startingWith("A_TARGET_", numbers));
    }

    /**
     * As a little-endian kernel has it; on others the bytes of each number stand the other way
     * round.
     */
    @Test
    void encodesAsTheKernelReads() {
        Order order = Order.adopt(AdoptOptions.builder()
                .adopter(0x55)
                .signal(10)
                .dryRun(true)
                .force(true)
                .build());

        byte[] request = ZreapFamily.request(
                0x1f, 7, order, List.of(new ProcessIdentity(0x1234, 0x0102030405060708L), Target.ofPid(9)));

        assertEquals(
                String.join(
                                "",
                                "50000000 1f00 0103 07000000 00000000", // length, type, REQUEST | DUMP, sequence, port
                                "03 01 0000", // adopt, version
                                "1800 0180 0800 0100 34120000 0c00 0200 0807060504030201",
                                "0c00 0180 0800 0100 09000000",
                                "0400 0700", // dry-run
                                "0400 0a00", // force
                                "0800 0500 55000000",
                                "0800 0600 0a000000")
                        .replace(" ", ""),
                HexFormat.of().formatHex(request));
    }

    /** An attribute ends with its padding, also the last one. */
    @Test
    void looksUpItsNumber() {
        assertEquals(
                String.join(
                                "",
                                "20000000 1000 0500 07000000 00000000", // length, nlctrl, REQUEST | ACK, sequence, port
                                "03 01 0000", // GETFAMILY, version
                                "0a00 0200 7a7265617000 0000") // the name zreap
                        .replace(" ", ""),
                HexFormat.of().formatHex(ControlFamily.request(7, ZreapFamily.NAME)));
    }

    private static List<String> inOrder(String prefix, Map<String, Integer> numbers) {
        return startingWith(prefix, numbers).entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Integer> startingWith(String prefix, Map<String, Integer> numbers) {
        return numbers.entrySet().stream()
                .filter(number ->
                        Pattern.compile(prefix).matcher(number.getKey()).lookingAt())
                .collect(Collectors.toMap(
                        number -> number.getKey().replaceFirst("^(" + prefix + ")", ""), Map.Entry::getValue));
    }
}
