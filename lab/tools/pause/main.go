// Command pause is the first container of every pod of the lab: it keeps the pod's namespaces until it is
// told to end.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// Ignored, so that the kernel buries the orphans of pods that share their process namespace.
	signal.Ignore(syscall.SIGCHLD)
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGINT, syscall.SIGTERM)
	<-end
}
