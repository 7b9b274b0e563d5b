package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// family are the versions that begin with the same numbers: 3262 and 3262.1 are of 3262, 3263 is not.
type family struct{ from, below stemcell.Version }

// family reads "latest", "3262", "3262.latest" and "3262.1.latest".
func (n numeral) family() (f family, err error) {
	if n == "" || n == "latest" {
		return family{}, nil
	}
	text := strings.TrimSuffix(string(n), ".latest")
	if f.from, err = stemcell.ParseVersion(text); err == nil {
		f.below, err = stemcell.ParseVersion(next(text))
	}
	if err != nil {
		return family{}, fmt.Errorf(`wants "latest", or a version's first numbers such as "621.latest", not %q`, string(n))
	}
	return f, nil
}

// next is the family after: 3262.2 after 3262.1.
func next(text string) string {
	head, last, dot := "", text, strings.LastIndexByte(text, '.')
	if dot >= 0 {
		head, last = text[:dot+1], text[dot+1:]
	}
	number, _ := strconv.Atoi(last)
	return head + strconv.Itoa(number+1)
}

func (f family) has(v stemcell.Version) bool {
	return !f.from.Known() || v.Compare(f.from) >= 0 && v.Compare(f.below) < 0
}
