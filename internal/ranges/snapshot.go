package ranges

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"sync"
	"time"
)

//go:generate sh -c "curl -fsS https://ip-ranges.amazonaws.com/ip-ranges.json | go run ./snapshot >snapshot.new && mv snapshot.new snapshot.txt"

// snapshot is what AWS had published when this program was made: the time of publication, then the
// first and last address of each range, a line each.
//
//go:embed snapshot.txt
var snapshot string

// Snapshot is the set that is part of this program.
var Snapshot = sync.OnceValue(func() *Set {
	s, err := read(snapshot)
	if err != nil {
		panic("read snapshot.txt: " + err.Error())
	}
	return s
})

// WriteSnapshot writes the set as snapshot.txt has it.
func (s *Set) WriteSnapshot(to io.Writer) error {
	var text strings.Builder
	fmt.Fprintln(&text, s.Created.Format(time.RFC3339))
	for _, p := range s.spans {
		fmt.Fprintln(&text, p.first, p.last)
	}
	_, err := io.WriteString(to, text.String())
	return err
}

func read(text string) (*Set, error) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	at, err := time.Parse(time.RFC3339, lines[0])
	if err != nil {
		return nil, err
	}
	s := &Set{Created: at}
	for _, line := range lines[1:] {
		from, to, _ := strings.Cut(line, " ")
		first, err := netip.ParseAddr(from)
		last, err2 := netip.ParseAddr(to)
		if err := errors.Join(err, err2); err != nil {
			return nil, err
		}
		s.spans = append(s.spans, span{first, last})
	}
	return s, nil
}
