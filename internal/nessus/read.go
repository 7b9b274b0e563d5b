package nessus

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ReadExport reads a .nessus v2 export as a stream: its memory grows with what is wrong, not with the file. What is
// not whole is an error.
func ReadExport(r io.Reader) (*Export, error) {
	e := &exporter{source: newSource(r), out: &Export{Results: map[string]int{}}, weaknesses: map[string]int{}, checks: map[string]int{}}
	e.xml = xml.NewDecoder(e.source)
	for {
		token, err := e.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, e.explain(err)
		}
		if start, is := token.(xml.StartElement); is {
			if err := e.element(start); err != nil {
				return nil, e.explain(err)
			}
		}
	}
	if !e.rooted || !e.reported {
		return nil, errors.New("it is no .nessus v2 export: no report is in it")
	}
	return e.out, nil
}

// exporter is an export being read.
type exporter struct {
	source *source
	xml    *xml.Decoder
	out    *Export
	depth  int

	rooted, reported bool
	weaknesses       map[string]int // by plugin: the place in out
	checks           map[string]int // by audit, ID and name
	sightings        int
}

// next gives the next tag or text.
func (e *exporter) next() (xml.Token, error) {
	e.source.begin()
	token, err := e.xml.Token()
	switch token := token.(type) {
	case xml.StartElement:
		if e.depth++; e.depth > deepest {
			return nil, fmt.Errorf("its elements are nested deeper than %d", deepest)
		}
	case xml.EndElement:
		e.depth--
	case xml.Directive:
		if strings.HasPrefix(strings.ToLower(string(token)), "doctype html") {
			return nil, errors.New("it is a page of HTML, a login perhaps, and no export")
		}
		return nil, errors.New("it declares a document type, which no export of Nessus does")
	}
	return token, err
}

func (e *exporter) element(start xml.StartElement) error {
	name := start.Name.Local
	if !e.rooted {
		if name != "NessusClientData_v2" {
			return fmt.Errorf("it is no .nessus v2 export: it begins with <%.40s>", name)
		}
		e.rooted = true
		return nil
	}
	switch name {
	case "Report":
		if e.reported {
			return errors.New("it has two reports")
		}
		e.out.Name, e.reported = attribute(start, "name"), true
	case "ReportHost":
		e.out.Hosts = append(e.out.Hosts, Host{Name: attribute(start, "name")})
	case "tag":
		return e.property(attribute(start, "name"))
	case "ReportItem":
		return e.item(start)
	default:
		e.source.skip()
	}
	return nil
}

func (e *exporter) explain(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("it is broken after %d bytes: %s", e.source.total-int64(e.source.to-e.source.from), syntax.Msg)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("it broke off after %d bytes", e.source.total)
	}
	return err
}

// text reads up to the end of the element that was just begun.
func (e *exporter) text() (string, error) {
	var b strings.Builder
	for within := e.depth; e.depth >= within; {
		token, err := e.next()
		if err != nil {
			return "", unexpected(err)
		}
		if text, is := token.(xml.CharData); is {
			if b.Len()+len(text) > largestPiece {
				return "", fmt.Errorf("one text is larger than %d MiB", largestPiece>>20)
			}
			b.Write(text)
		}
	}
	return strings.TrimSpace(b.String()), nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
