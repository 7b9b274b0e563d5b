package boshio

import (
	"archive/tar"
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// tarballs is where this server keeps what is otherwise in two public buckets.
const tarballs = "/tarballs/"

// tarball is a stemcell's archive with nothing in it but its manifest.
type tarball struct {
	file string
	at   time.Time
	body []byte
}

// tarball makes an archive, the same one whenever it is asked for.
func (s *Server) tarball(name, version string, flavour Flavour, at time.Time) tarball {
	line := strings.TrimPrefix(name, "bosh-")
	file := fmt.Sprintf("bosh-stemcell-%s-%s.tgz", version, line)
	if flavour == Light {
		file = "light-" + file
	}
	if made, ok := s.tarballs[file]; ok && made.at.Equal(at) {
		return made
	}
	made := tarball{file, at, s.pack(manifest(name, version, flavour), at)}
	s.tarballs[file] = made
	return made
}

// manifest is a stemcell.MF; a light one names the AMI of each region, GovCloud's too.
func manifest(name, version string, flavour Flavour) string {
	text := fmt.Sprintf("name: %s\nversion: %q\napi_version: 3\n", name, version)
	if flavour == Light {
		ami := func(region string) string {
			return "ami-" + hex.EncodeToString(sum256([]byte(name + version + region)))[:17]
		}
		text += "cloud_properties:\n  ami:\n"
		for _, region := range []string{"us-east-1", "us-gov-east-1", "us-gov-west-1"} {
			text += fmt.Sprintf("    %s: %s\n", region, ami(region))
		}
	}
	return text
}

// pack writes stemcell.MF into an archive. Nothing here can fail: it is memory.
// The one packer serves for all: to make one takes longer than to pack.
func (s *Server) pack(manifest string, at time.Time) []byte {
	var body bytes.Buffer
	s.packer.Reset(&body)
	archive := tar.NewWriter(s.packer)
	_ = archive.WriteHeader(&tar.Header{Name: "stemcell.MF", Mode: 0o644, Size: int64(len(manifest)), ModTime: at})
	_, _ = archive.Write([]byte(manifest))
	_ = archive.Close()
	_ = s.packer.Close()
	return body.Bytes()
}

func (t tarball) source(host string) *source {
	sum1 := sha1.Sum(t.body)
	return &source{
		URL:    host + tarballs + t.file,
		Size:   len(t.body),
		SHA1:   hex.EncodeToString(sum1[:]),
		SHA256: hex.EncodeToString(sum256(t.body)),
	}
}

// download serves any tarball that an answer has named, even one withdrawn since.
// Its Last-Modified is the publication.
func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	t, ok := s.tarballs[r.PathValue("file")]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/x-tar")
	http.ServeContent(w, r, t.file, t.at, bytes.NewReader(t.body))
}

func sum256(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}
