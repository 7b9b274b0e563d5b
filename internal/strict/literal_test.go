package strict

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLiteral: an account, a version or a date without quotes would be another one when a pipeline has it.
func TestLiteral(t *testing.T) {
	type document struct {
		Any  map[string]any `yaml:"any"`
		List []string       `yaml:"list"`
	}
	for _, text := range []string{
		"111122223333", "0", "-5", "8.5", "true", "false", "8:00 AM", "08:00", "~", "", "x", "us-gov-west-1", "((secret))", "v1.*",
		`"011122223389"`, `'0755'`, `"1.10"`, `"2026-11-01"`, `"yes"`, "!!str 0755", "|\n  0755\n", "[a, 1, [b]]", "{a: {b: 1}}",
	} {
		require.NoError(t, YAML([]byte("any: {}\nlist: [0755]\n"), new(document), Literal))
		require.NoError(t, YAML([]byte("any:\n a: "+text), new(document), Literal), text)
	}
	for _, text := range []string{
		"011122223389", "0755", "0o755", "0x1F", "1_000", "+1", "1e3", "1.10", ".5", "12345678901234567", ".nan", ".inf", "2026-11-01",
		"2026-11-01T08:00:00Z", "True", "FALSE", "yes", "Off", "y",
	} {
		require.EqualError(t, YAML([]byte("any: {a: ["+text+"]}"), new(document), Literal), "line 1: any.a[0] would become another value on its way: quote it", text)
		require.NoError(t, YAML([]byte("any: {a: ["+text+"]}"), new(document)), text)
	}
	require.EqualError(t, YAML([]byte("any: {a: &x {b: 1.10}, c: [*x], d: 0755}"), new(document), Literal),
		"line 1: any.a.b would become another value on its way: quote it\nline 1: any.d would become another value on its way: quote it")
	require.Error(t, YAML([]byte("any: &x {a: *x}"), new(document), Literal), "and it comes to an end")
}
