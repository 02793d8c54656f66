// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.zreap.serve.policy.Policy;
import org.zreap.serve.policy.PolicyException;
import org.zreap.serve.policy.PolicyFile;
import org.zreap.serve.records.Entries;
import org.zreap.serve.watch.Look;

/** What the status page shows, and how. */
class StatusHtmlTest {

    private static final String HOSTILE = "\"><script>alert(1)</script>'&<svg onload=x>\033[2J\u202e";

    @TempDir
    private Path folder;

    /** The page of {@code make page-test}, which Chromium shows. */
    @Test
    void showsADay() throws Exception {
        String html = StatusHtml.of("node-7", Boards.day(policy()).snapshot(), Boards.NOW);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/status.html"), html);
        Document page = parsed(html);
        String text = page.getDocumentElement().getTextContent();

        for (String part : List.of(
                "zreap on node-7",
                "chrome 811",
                "kiosk.service",
                "never-waits, perhaps",
                "nightly.sh 9000",
                "150m",
                "870",
                "130 (13%)",
                "240 zombies, the last one cat 5239, child of chrome 811: reaped, exited 7",
                "SIGCHLD in neither SigCgt nor SigIgn of /proc/811/status",
                "the parent may still wait for them",
                "zombies are the reason; zreap sweeps the parents that have the most",
                "browsers that never wait",
                "command chrome, chrom*; cause never-waits, started-without-wait; min-age 5m",
                "nudge, reap",
                "commands postgres")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
        assertFalse(text.contains("/user.slice "), "what has no limit has no room to show");
    }

    @Test
    void saysWhatItDoesNotKnow() throws Exception {
        Board board = new Board();
        String text = parsed(StatusHtml.of("h", board.snapshot(), Boards.NOW))
                .getDocumentElement()
                .getTextContent();
        assertTrue(text.contains("zreap has not looked yet."), text);
        board.failed("the module zreap is not loaded");
        text = StatusHtml.of("h", board.snapshot(), Boards.NOW);
        assertTrue(text.contains("The zombies cannot be listed now: the module zreap is not loaded"), text);
        board.looked(Boards.look(Policy.builtIn(), 5, List.of(), 100));
        text = StatusHtml.of("h", board.snapshot(), Boards.NOW);
        assertFalse(text.contains("cannot be listed"), text);
    }

    /** A command name, a cgroup, evidence and the name of a rule may hold anything. */
    @Test
    void letsNoTextBecomeAnElement() throws Exception {
        Board board = new Board();
        Entries.Parent parent = Boards.parent(7, HOSTILE, "/" + HOSTILE, Optional.of(HOSTILE));
        board.looked(
                Boards.look(policy(), 5, List.of(Boards.crowd(parent, 3, Optional.of(Boards.finding(HOSTILE)))), 100));
        board.note(Boards.step(parent, 8, HOSTILE, Boards.finding(HOSTILE)));
        board.note(Entries.left(Boards.NOW, HOSTILE, parent, 1, Optional.empty(), HOSTILE));
        board.note(Entries.service(Boards.NOW, "outage", HOSTILE));
        board.failed(HOSTILE);

        String html = StatusHtml.of(HOSTILE, board.snapshot(), Boards.NOW);

        Document page = parsed(html);
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertFalse(html.contains("<svg onload"), html);
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), html);
        assertFalse(Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\\n]]").matcher(html).find(), html);
    }

    @Test
    void hasNothingFromElsewhereAndNoScript() throws Exception {
        String html = StatusHtml.of("node-7", Boards.day(policy()).snapshot(), Boards.NOW);
        assertFalse(Pattern.compile("https?:|//|url\\(|@import|<script|<link|<img|<iframe| style=| on\\w+=")
                .matcher(html.replace("<!DOCTYPE html>", "").replace("/* SPDX-License-Identifier: Apache-2.0 */", ""))
                .find());
        for (Element link : elements(parsed(html), "a")) {
            assertTrue(link.getAttribute("href").matches("/|#[a-z-]+"), link.getAttribute("href"));
        }
    }

    /** What those need who hear the page, or go through it by keys. */
    @Test
    void canBeHeardAndGoneThroughByKeys() throws Exception {
        Document page = parsed(StatusHtml.of("node-7", Boards.day(policy()).snapshot(), Boards.NOW));
        assertEquals("en", page.getDocumentElement().getAttribute("lang"));
        for (String landmark : List.of("header", "nav", "main", "h1", "title")) {
            assertEquals(1, elements(page, landmark).size() - (landmark.equals("title") ? plots(page) : 0), landmark);
        }
        Set<String> ids = new HashSet<>();
        for (Element one : elements(page, "*")) {
            assertTrue(!one.hasAttribute("id") || ids.add(one.getAttribute("id")), one.getAttribute("id"));
        }
        for (Element one : elements(page, "*")) {
            String href = one.getAttribute("href");
            assertTrue(!href.startsWith("#") || ids.contains(href.substring(1)), href);
            assertTrue(
                    !one.hasAttribute("aria-labelledby") || ids.contains(one.getAttribute("aria-labelledby")),
                    one.getAttribute("aria-labelledby"));
        }
        Element first = elements(page, "a").get(0);
        assertEquals("#parents", first.getAttribute("href"), "the first link skips what repeats");
        for (Element table : elements(page, "table")) {
            assertEquals(1, table.getElementsByTagName("caption").getLength());
            assertEquals("table", table.getAttribute("role"));
        }
        for (Element head : elements(page, "th")) {
            assertTrue(List.of("col", "row").contains(head.getAttribute("scope")));
        }
        for (Element plot : elements(page, "svg")) {
            assertEquals("img", plot.getAttribute("role"));
            assertTrue(
                    plot.getElementsByTagName("title").item(0).getTextContent().contains("over the last day"));
        }
        assertEquals(4, plots(page));
    }

    /** However many parents there are, the page stays small. */
    @Test
    void isBounded() throws Exception {
        Board board = new Board();
        for (int look = 0; look < 400; look++) {
            List<Look.Parent> worst = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                long pid = 100 + 32L * look + i;
                worst.add(
                        Boards.crowd(Boards.parent(pid, "p" + pid, "/c" + pid, Optional.empty()), 5, Optional.empty()));
                board.note(Boards.step(worst.get(i).parent(), pid, "z", Boards.finding("e")));
                board.note(Entries.service(Boards.NOW, "outage", "text " + pid));
            }
            board.looked(Boards.look(Policy.builtIn(), 5L * look, worst, 100));
        }
        String html = StatusHtml.of("h", board.snapshot(), Boards.NOW);
        assertEquals(33, plots(parsed(html)));
        assertTrue(html.length() < 200_000, "length " + html.length());
    }

    private Policy policy() throws IOException, PolicyException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), """
                version: 1
                mode: act
                protect:
                  commands: [postgres]
                emergency:
                  above: 90%
                status-page: {}
                rules:
                  - name: browsers that never wait
                    match:
                      command: [chrome, "chrom*"]
                      cause: [never-waits, started-without-wait]
                      min-age: 5m
                    steps: [nudge, reap]
                    schedule: {days: [sat, sun], from: "22:00", to: "06:00"}
                  - name: the rest
                    steps: report
                """);
        return PolicyFile.read(file);
    }

    private static int plots(Document page) {
        return elements(page, "svg").size();
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The page is XML too, but for two elements without an end. */
    private static Document parsed(String html) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<(meta[^>]*)>", "<$1/>");
        return builder.parse(new InputSource(new StringReader(xml)));
    }
}
