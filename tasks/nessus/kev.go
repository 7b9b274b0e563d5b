package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/nessus"
)

// largestCatalogue is far above CISA's, which had 1.5 MB in 2025.
const largestCatalogue = 64 << 20

// catalogue reads what CISA knows to be exploited: by its address, or else from the file.
func (l *looker) catalogue(ctx context.Context) {
	var asked error
	if l.KEVURL != "" {
		client := fetch.New(fetch.Options{Timeout: l.RequestTimeout, Limit: largestCatalogue})
		answer, err := client.Get(ctx, l.KEVURL, nil)
		if err == nil {
			l.facts.Known, err = nessus.ParseExploits(answer.Body)
		}
		asked = err
	}
	if l.facts.Known == nil && l.KEVFile != "" {
		body, err := readAll(l.KEVFile)
		if err == nil {
			l.facts.Known, err = nessus.ParseExploits(body)
		}
		if err == nil && asked != nil {
			l.run.LeaveOut("KEV_URL", "the file KEV_FILE is read instead: "+asked.Error())
		}
		asked = errors.Join(asked, err)
	}
	if l.facts.Known == nil {
		l.run.Miss(l.run.Scope+"/kev", "read CISA's catalogue of known exploited vulnerabilities: "+asked.Error(),
			"Give KEV_URL a mirror such as the one in cisagov/kev-data: cisa.gov refuses many cloud addresses. Or keep it as KEV_FILE.")
	}
}

func readAll(name string) ([]byte, error) {
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
