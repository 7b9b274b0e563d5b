package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
)

// BenchmarkCheck runs the binary as Concourse does all day, while nothing is new.
func BenchmarkCheck(b *testing.B) {
	server := boshio.New()
	defer server.Close()
	asked := fmt.Sprintf(`{"source":{"name":%q,"bosh_io_url":%q},"version":{"version":"1.1364"}}`, jammy, server.URL())
	var used float64
	for b.Loop() {
		command := exec.Command("check")
		command.Stdin = strings.NewReader(asked)
		var answer bytes.Buffer
		command.Stdout = &answer
		require.NoError(b, command.Run())
		require.Equal(b, "[{\"version\":\"1.1364\"}]\n", answer.String())
		used += (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	}
	b.ReportMetric(1000*used/float64(b.N), "CPU-ms/op")
}
