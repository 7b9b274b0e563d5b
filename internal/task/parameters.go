package task

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/secret"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// common are the parameters that every task takes.
type common struct {
	Report   string           `env:"REPORT" default:"report" help:"Folder that report.json is written to."`
	Previous string           `env:"PREVIOUS" default:"previous" help:"Folder or file of the previous report; may be absent."`
	Policy   string           `env:"POLICY" help:"Policy file (YAML): what counts as wrong, and exceptions."`
	Scope    string           `env:"SCOPE" help:"Name of the environment or account that is looked at, in findings and messages."`
	Timeout  time.Duration    `env:"TIMEOUT" default:"15m" help:"Give up after this time; what was not read by then is a gap."`
	AsOf     time.Time        `env:"AS_OF" help:"Judge as of this time (RFC 3339) instead of now, to replay a day."`
	Version  kong.VersionFlag `help:"Print the version."`
}

// scopes can stand in a subject, a file's name and a key of S3.
var scopes = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// Problems wants a scope: without one, today's findings could not be told from those of elsewhere.
func (c *common) Problems() []error {
	if scopes.MatchString(c.Scope) {
		return nil
	}
	return []error{fmt.Errorf("SCOPE wants the name of an environment or account in letters, digits and . _ -, not %q", c.Scope)}
}

// parameters are all that a run was told.
type parameters struct {
	common
	hide       *strings.Replacer
	digest     string
	exceptions []report.Exception
}

// parse reads arguments and environment, then the policy. answered: --help or --version was all
// that was asked. It tells all problems at once, where kong would stop at the first.
func (l Line) parse(args []string, stdout io.Writer) (p *parameters, answered bool, problems []error) {
	p = new(parameters)
	c := &collector{}
	parser, err := l.parser(&p.common, c, stdout, func(int) { answered = true })
	if err != nil {
		return p, false, []error{err}
	}
	for _, flag := range parser.Model.Flags {
		unsetEmpty(flag.Envs)
	}
	_, err = parser.Parse(args)
	if answered {
		return p, true, nil
	}
	if err != nil {
		_, _ = parser.Parse(nil) // kong set nothing; the report still goes where the environment says
	}
	p.hide = secret.Hider(l.Config)
	if err != nil {
		return p, false, []error{l.plain(err)}
	}
	problems = append(c.problems, p.Problems()...)
	problems = append(problems, strict.Problems(l.Config)...)
	return p, false, append(problems, p.readPolicy(l)...)
}

func (l Line) parser(own *common, c *collector, stdout io.Writer, exit func(int)) (*kong.Kong, error) {
	options := append(c.options(),
		kong.Name(l.Name), kong.Description(l.Title+"."), kong.Writers(stdout, stdout), kong.Exit(exit),
		kong.Vars{"version": report.Tool(l.Name)}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if l.Config != nil {
		options = append(options, kong.Embed(l.Config))
	}
	return kong.New(own, options...)
}

// unsetEmpty makes an empty parameter an absent one: Concourse sends "" for what a pipeline leaves open.
func unsetEmpty(names []string) {
	for _, name := range names {
		if os.Getenv(name) == "" {
			os.Unsetenv(name)
		}
	}
}

// plain says kong's own complaint, as of an unknown flag, without its prefix.
func (l Line) plain(err error) error { return errors.New(strings.TrimPrefix(err.Error(), l.Name+": ")) }

// collector parses values as kong does, but keeps a bad one as a problem and goes on.
type collector struct{ problems []error }

type collecting struct {
	*collector
	kong.Mapper
	wants string
}

func (c *collector) options() []kong.Option {
	standard := kong.NewRegistry().RegisterDefaults()
	for_ := func(t reflect.Type, wants string) kong.Mapper {
		return collecting{c, standard.ForType(t), wants}
	}
	return []kong.Option{
		kong.TypeMapper(reflect.TypeFor[time.Duration](), for_(reflect.TypeFor[time.Duration](), "a duration such as 90s or 15m")),
		kong.TypeMapper(reflect.TypeFor[time.Time](), for_(reflect.TypeFor[time.Time](), "a time such as 2026-08-24T09:00:00-04:00")),
		kong.KindMapper(reflect.Int, for_(reflect.TypeFor[int](), "a whole number")),
		kong.KindMapper(reflect.Bool, for_(reflect.TypeFor[bool](), "true or false")),
	}
}

// IsBool keeps a flag without a value true.
func (c collecting) IsBool() bool {
	b, ok := c.Mapper.(kong.BoolMapper)
	return ok && b.IsBool()
}

func (c collecting) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	given := ctx.Scan.Peek().String()
	if err := c.Mapper.Decode(ctx, target); err != nil {
		c.problems = append(c.problems, fmt.Errorf("%s wants %s, not %q", name(ctx.Value), c.wants, given))
		if ctx.Value.HasDefault { // or Problems would complain of the zero that nobody gave
			return c.Mapper.Decode(&kong.DecodeContext{Value: ctx.Value, Scan: kong.Scan(ctx.Value.Default)}, target)
		}
	}
	return nil
}

func name(v *kong.Value) string {
	if len(v.Tag.Envs) > 0 {
		return v.Tag.Envs[0]
	}
	return "--" + v.Name
}
