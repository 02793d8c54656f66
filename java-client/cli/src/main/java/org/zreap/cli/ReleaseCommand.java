// SPDX-License-Identifier: Apache-2.0
package org.zreap.cli;

import java.util.List;
import java.util.function.Function;
import org.zreap.ReapOptions;
import org.zreap.ReapResult;
import org.zreap.Request;
import org.zreap.Zreap;
import picocli.CommandLine.Command;

/** {@code zreap release}: releases the zombies that it names. */
@Command(
        name = "release",
        description =
                "Removes zombies without a wait: as reap, but what they have used up is added to nobody's account.")
final class ReleaseCommand extends RequestCommand {

    @Override
    Function<Zreap, List<ReapResult>> request() {
        ReapOptions options = reapOptions();
        return zreap -> zreap.send(Request.release(targets(), options));
    }
}
