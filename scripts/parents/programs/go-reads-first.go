// SPDX-License-Identifier: Apache-2.0

// Reads the output of a child to its end before it calls Wait, as the documentation of os/exec says.
package main

import (
	"io"
	"os/exec"
)

func main() {
	child := exec.Command("sh", "-c", "sleep 1000000 & exit 3")
	output, err := child.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := child.Start(); err != nil {
		panic(err)
	}
	if _, err := io.ReadAll(output); err != nil {
		panic(err)
	}
	panic(child.Wait())
}
