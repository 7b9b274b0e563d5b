package advisory

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStatus(t *testing.T) {
	between := func(r Range) []Range { return []Range{r} }
	for name, c := range map[string]struct {
		product  Product
		running  string
		affected bool
		fixed    string
		unclear  string
	}{
		"before the range":           {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThan: "78.13.0"})}, "76.11.9", false, "", ""},
		"its first version":          {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThan: "78.13.0"})}, "76.12.0", true, "78.13.0", ""},
		"its last":                   {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThan: "78.13.0"})}, "78.12.9", true, "78.13.0", ""},
		"lessThan excludes":          {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThan: "78.13.0"})}, "78.13.0", false, "", ""},
		"numbers, not letters":       {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThan: "78.13.0"})}, "78.2.0", true, "78.13.0", ""},
		"a missing part is 0":        {Product{Versions: between(Range{Version: "0", Status: "affected", LessThan: "78.13"})}, "78.13.0", false, "", ""},
		"lessThanOrEqual includes":   {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThanOrEqual: "78.12.0"})}, "78.12.0", true, "a version after 78.12.0", ""},
		"and ends there":             {Product{Versions: between(Range{Version: "76.12.0", Status: "affected", LessThanOrEqual: "78.12.0"})}, "78.12.1", false, "", ""},
		"a v before it":              {Product{Versions: between(Range{Version: "v30.0.0", Status: "affected", LessThan: "v56.1.0"})}, "v55.0.0", true, "v56.1.0", ""},
		"a development release":      {Product{Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "1.2.0"})}, "1.1.0+dev.3", true, "1.2.0", ""},
		"without a lower end":        {Product{Versions: between(Range{Version: "unspecified", Status: "affected", LessThan: "2.0"})}, "1.9", true, "2.0", ""},
		"without an upper end":       {Product{Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "*"})}, "9.0", true, none, ""},
		"every version":              {Product{Versions: between(Range{Version: "*", Status: "affected"})}, "9.0", true, "a version other than *", ""},
		"a single version":           {Product{Default: "unaffected", Versions: between(Range{Version: "1.2.3", Status: "affected"})}, "1.2.3", true, "a version other than 1.2.3", ""},
		"another than that":          {Product{Default: "unaffected", Versions: between(Range{Version: "1.2.3", Status: "affected"})}, "1.2.4", false, "", ""},
		"another, and no default":    {Product{Versions: between(Range{Version: "1.2.3", Status: "affected"})}, "1.2.4", false, "", "none of the record's ranges"},
		"others are affected":        {Product{Default: "affected", Versions: between(Range{Version: "2.0", Status: "unaffected", LessThan: "3.0"})}, "1.0", true, "no version of those the record names", ""},
		"these are not":              {Product{Default: "affected", Versions: between(Range{Version: "2.0", Status: "unaffected", LessThan: "3.0"})}, "2.5", false, "", ""},
		"others are unknown":         {Product{Default: "unknown", Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "2.0"})}, "2.5", false, "", "none of the record's ranges"},
		"all are affected":           {Product{Default: "affected"}, "1.0", true, none, ""},
		"none is":                    {Product{Default: "unaffected"}, "1.0", false, "", ""},
		"no versions":                {Product{}, "1.0", false, "", "no versions"},
		"words for a range":          {Product{Versions: between(Range{Version: "All versions prior to 79", Status: "affected"})}, "1.0", false, "", "can be compared"},
		"words for its end":          {Product{Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "latest"})}, "1.0", false, "", "can be compared"},
		"words beside a clear range": {Product{Versions: []Range{{Version: "some", Status: "affected"}, {Version: "1.0", Status: "affected", LessThan: "2.0"}}}, "1.5", true, "2.0", ""},
		"a running version of words": {Product{Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "2.0"})}, "latest", false, "", "running version"},
		"no running version":         {Product{Default: "unaffected"}, "", false, "", "running version"},
		"no status":                  {Product{Versions: between(Range{Version: "1.0", LessThan: "2.0"})}, "1.5", false, "", `the status ""`},
		"ranges that disagree": {Product{Versions: []Range{
			{Version: "1.0", Status: "unaffected", LessThan: "2.0"}, {Version: "1.5", Status: "affected", LessThan: "1.7"}}}, "1.6", true, "1.7", ""},
		"ranges that overlap": {Product{Versions: []Range{
			{Version: "1.0", Status: "affected", LessThan: "1.7"}, {Version: "1.5", Status: "affected", LessThanOrEqual: "1.10"}}}, "1.6", true, "a version after 1.10", ""},
		"a fix within the range": {Product{Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "2.0", Changes: []Change{{"1.5", "unaffected"}}})}, "1.4", true, "1.5", ""},
		"and after it":           {Product{Versions: between(Range{Version: "1.0", Status: "affected", LessThan: "2.0", Changes: []Change{{"1.5", "unaffected"}}})}, "1.5", false, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			affected, fixed, err := c.product.status(c.running)
			if c.unclear != "" {
				require.ErrorContains(t, err, c.unclear)
				require.False(t, affected)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.affected, affected)
			require.Equal(t, c.fixed, fixed)
		})
	}
}

func FuzzStatus(f *testing.F) {
	f.Add("1.0", "2.0", "", "1.5")
	f.Add("*", "", "3.1", "1+dev.1")
	f.Add("v1-rc.1", "*", "", "")
	f.Fuzz(func(t *testing.T, from, less, upTo, running string) {
		p := Product{Versions: []Range{{Version: from, Status: "affected", LessThan: less, LessThanOrEqual: upTo}}}
		if affected, fixed, err := p.status(running); affected && (fixed == "" || err != nil) {
			t.Errorf("affected, but fixed in %q (%v)", fixed, err)
		}
	})
}
