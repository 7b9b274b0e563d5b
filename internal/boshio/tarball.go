package boshio

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Fetch writes a tarball to w as it comes, and tells when it was put up; zero where nobody says. It
// fails unless size and sum are those of the index: what was written then is worth nothing.
func (c *Client) Fetch(ctx context.Context, t Tarball, w io.Writer) (published time.Time, err error) {
	sum, kind, want := t.sum()
	if want == "" || t.Size <= 0 {
		return published, fmt.Errorf("fetch the tarball: the index gives %d bytes and no sum, so that nobody could verify it", t.Size)
	}
	header, err := fetch.Fill(ctx, io.MultiWriter(w, sum), t.URL, t.Size, c.options)
	if err != nil {
		return published, fmt.Errorf("fetch the tarball: %w", err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); !strings.EqualFold(got, want) {
		return published, fmt.Errorf("fetch the tarball: its %s is %s, but the index says %s", kind, got, want)
	}
	if date, err := http.ParseTime(header.Get("Last-Modified")); err == nil {
		published = date.UTC()
	}
	return published, nil
}

// sum is how to verify the tarball.
func (t Tarball) sum() (sum hash.Hash, kind, want string) {
	if t.SHA256 != "" {
		return sha256.New(), "sha256", t.SHA256
	}
	return sha1.New(), "sha1", t.SHA1
}
