// SPDX-License-Identifier: Apache-2.0

// Runs a child that leaves an orphan, and waits for the child.
package main

import (
	"os/exec"
	"time"
)

func main() {
	if err := exec.Command("sh", "-c", "sleep 1 & exit 0").Run(); err != nil {
		panic(err)
	}
	time.Sleep(1000 * time.Hour)
}
