package trail

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// scan gives all records of a text, and their names as the scanner tells them.
func scan(from io.Reader) (records, names []string, err error) {
	var s Scanner
	s.Reset(from)
	for {
		if err := s.Next(); errors.Is(err, io.EOF) {
			return records, names, nil
		} else if err != nil {
			return records, names, err
		}
		records, names = append(records, string(s.Record())), append(names, string(s.Name()))
	}
}

func TestScanner(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		names []string // "" where only decoding tells
	}{
		"as CloudTrail writes it": {`{"Records":[{"eventName":"A"},{"eventName":"B"}]}`, []string{"A", "B"}},
		"none":                    {`{"Records":[]}`, nil},
		"with spaces":             {" {\n \"Records\" :\t[\r\n {\"eventName\" : \"A\" } , {\"eventName\":\"B\"}\n] }\n", []string{"A", "B"}},
		"a record a line":         {"{\"eventName\":\"A\"}\n{\"eventName\":\"B\"}\n", []string{"A", "B"}},
		"lists one after another": {`{"Records":[{"eventName":"A"}]}` + "\n" + `{"Records":[{"eventName":"B"}]}`, []string{"A", "B"}},
		"deeper names are not it": {`{"requestParameters":{"eventName":"X"},"eventName":"A","l":["eventName",{"eventName":"Y"}]}`, []string{"A"}},
		"a value is no key":       {`{"userAgent":"eventName","eventName":"A"}`, []string{"A"}},
		"brackets in texts":       {`{"a":"}]{[\"","eventName":"A","b":"\\"}`, []string{"A"}},
		"escaped name":            {`{"eventName":"Delete\u0054rail"}`, []string{""}},
		"escaped key":             {`{"event\u004eame":"A","eventName":"B"}`, []string{""}},
		"key in other letters":    {`{"eventName":"B","EVENTNAME":"A"}`, []string{""}},
		"name twice":              {`{"eventName":"B","eventName":"A"}`, []string{""}},
		"name that is no text":    {`{"eventName":1,"a":"B"}`, []string{""}},
		"no name":                 {`{"awsAccountId":"1"}`, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			_, names, err := scan(strings.NewReader(c.text))
			require.NoError(t, err)
			require.Equal(t, c.names, names)
			_, names, err = scan(iotest.OneByteReader(strings.NewReader(c.text)))
			require.NoError(t, err)
			require.Equal(t, c.names, names, "byte by byte")
		})
	}
}

func TestScannerRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`<html>`:                               `'<' where a record or {"Records": [ belongs`,
		`[{"eventName":"A"}]`:                  `'[' where a record or {"Records": [ belongs`,
		`{"Records":[{"eventName":"A"}`:        `the file ends within Records`,
		`{"Records":[{"eventName":"A"},`:       `the file breaks off within a record`,
		`{"Records":[{"eventName":"A"}]`:       `the file breaks off within a record`,
		`{"Records":[{"eventName":"A`:          `the file breaks off within a record`,
		`{"Rec`:                                `the file breaks off within a record`,
		`{"Records":[{"a":1}{"a":1}]}`:         `'{' between two records`,
		`{"Records":[{"a":1},]}`:               `']' where a record belongs`,
		`{"Records":[1]}`:                      `'1' where a record belongs`,
		`{"Records":[],"more":[{}]}`:           `',' after Records`,
		`{"a":[}`:                              `'}' closes what it did not open`,
		`{"a":` + strings.Repeat("[", 64):      `a record nests deeper than 64`,
		`{"a":"` + strings.Repeat("x", 33<<20): `a record is longer than 16777216 bytes`,
	} {
		_, _, err := scan(strings.NewReader(text))
		require.EqualError(t, err, want)
	}
}

// TestScannerRefills has records that do not end where the buffer does, and one that is larger than it.
func TestScannerRefills(t *testing.T) {
	var text bytes.Buffer
	text.WriteString(`{"Records":[`)
	for i := range 3000 {
		if i > 0 {
			text.WriteByte(',')
		}
		size := i % 500
		if i == 1500 {
			size = 3 << 20
		}
		text.WriteString(`{"pad":"` + strings.Repeat("\\\"", size) + `","eventName":"A"}`)
	}
	text.WriteString(`]}`)
	_, names, err := scan(iotest.HalfReader(&text))
	require.NoError(t, err)
	require.Len(t, names, 3000)
	require.NotContains(t, names, "")
}

// FuzzScanner holds the scanner against encoding/json: on a text that both take, the same records and,
// where the scanner tells one, the same names.
func FuzzScanner(f *testing.F) {
	for _, text := range []string{`{"Records":[{"eventName":"A","b":"\"\\"},{"eventname":"B"}]}`, `{"eventName":"A"} {"a":{"eventName":"A"}}`,
		`{"Records":[{"event\u004eame":"A"},{"eventName":"A","eventName":null}]}`, `{"Records":null}`, `{"records":[{"eventName":"B"}]}`} {
		f.Add([]byte(text), uint8(3))
	}
	f.Fuzz(func(t *testing.T, text []byte, step uint8) {
		records, names, err := scan(&stepReader{text, int(step) + 1})
		for i, record := range records {
			var e struct{ EventName string }
			if names[i] == "" || !json.Valid([]byte(record)) || !utf8.ValidString(names[i]) {
				continue
			}
			require.NoError(t, json.Unmarshal([]byte(record), &e))
			require.Equal(t, e.EventName, names[i])
		}
		if want, ok := decode(text); ok {
			require.NoError(t, err)
			require.Equal(t, want, records)
		}
	})
}

// decode reads the records with encoding/json; ok: the text is a log file.
func decode(text []byte) (records []string, ok bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		var whole json.RawMessage
		if err := d.Decode(&whole); errors.Is(err, io.EOF) {
			return records, true
		} else if err != nil || whole[0] != '{' || deep(whole) {
			return nil, false
		}
		var list map[string]json.RawMessage
		var inner []json.RawMessage
		if json.Unmarshal(whole, &list) != nil {
			return nil, false
		}
		if !bytes.HasPrefix(bytes.Join(bytes.Fields(whole), nil), []byte(`{"Records":[`)) {
			records = append(records, string(whole))
			continue
		}
		if len(list) != 1 || bytes.Count(whole, []byte("Records")) != 1 || bytes.IndexByte(whole, '\\') >= 0 || json.Unmarshal(list["Records"], &inner) != nil {
			return nil, false
		}
		for _, r := range inner {
			if r[0] != '{' {
				return nil, false
			}
			records = append(records, string(r))
		}
	}
}

// deep is a text with so many brackets that it may nest too deep.
func deep(text []byte) bool {
	return bytes.Count(text, []byte("{"))+bytes.Count(text, []byte("[")) >= deepest
}

// stepReader gives a few bytes at a time.
type stepReader struct {
	rest []byte
	step int
}

func (r *stepReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest[:min(r.step, len(r.rest))])
	r.rest = r.rest[n:]
	return n, nil
}
