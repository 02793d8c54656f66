// SPDX-License-Identifier: Apache-2.0
import java.util.concurrent.CountDownLatch;

/** Stands for any server on a JVM: it works, and never waits for children that it does not know of. */
final class Broker {

    private Broker() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("broker: up");
        new CountDownLatch(1).await();
    }
}
