package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/kev"
)

// largestCatalogue is far above CISA's, which had 1.5 MB in 2025.
const largestCatalogue = 64 << 20

// catalogue reads what CISA knows to be exploited: from a file, or by its address, or by the other one.
func (l *looker) catalogue(ctx context.Context) {
	sources := []string{l.KEVURL, l.KEVMirror}
	read := l.ask
	if l.KEVFile != "" {
		sources, read = []string{l.KEVFile}, readFileOf
	}
	var failed []error
	for i, source := range sources {
		body, err := read(ctx, source)
		if err == nil {
			var c kev.Catalogue
			if c, err = kev.Parse(body); err == nil {
				l.facts.Known = &c
				if i > 0 {
					l.run.LeaveOut("KEV_URL", fmt.Sprintf("KEV_MIRROR_URL is read instead: %s", failed[0]))
				}
				return
			}
		}
		failed = append(failed, err)
	}
	reason := failed[0].Error()
	if len(failed) > 1 {
		reason += "; then " + failed[1].Error()
	}
	l.run.Miss(l.run.Scope+"/kev", "read CISA's catalogue of known exploited vulnerabilities: "+reason,
		"Give KEV_URL or KEV_MIRROR_URL an address that answers from where this ran (cisa.gov refuses many cloud addresses), or keep it as KEV_FILE.")
}

func (l *looker) ask(ctx context.Context, address string) ([]byte, error) {
	answer, err := fetch.New(fetch.Options{Timeout: l.RequestTimeout, Limit: largestCatalogue}).Get(ctx, address, nil)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

func readFileOf(_ context.Context, name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := io.ReadAll(io.LimitReader(file, largestCatalogue+1))
	if err == nil && len(body) > largestCatalogue {
		err = errors.New("the file is larger than 64 MiB")
	}
	return body, err
}
