package main

import (
	"context"
	"errors"
	"io"
	"log"
	"testing"

	"github.com/stretchr/testify/require"

	standin "github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// An end that comes too early says what was being done.
func TestWriteEnds(t *testing.T) {
	server := standin.New()
	defer server.Close()
	s := channel
	s.Channel, s.APIURL = standin.Channel, server.APIURL()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("gave up after 45s"))
	w := writer{put: &put{Source: s, Log: log.New(io.Discard, "", 0)}}
	_, err := w.write(ctx)
	require.EqualError(t, err, "look for the line's message in C0PLATFORM: gave up after 45s")
}
