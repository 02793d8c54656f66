// SPDX-License-Identifier: Apache-2.0

// Starts a child and does not call Wait.
package main

import (
	"os/exec"
	"time"
)

func main() {
	if err := exec.Command("true").Start(); err != nil {
		panic(err)
	}
	time.Sleep(1000 * time.Hour)
}
