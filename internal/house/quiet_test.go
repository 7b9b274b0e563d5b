package house

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// loud are the ways to reach the world past a frame.
var loud = []string{
	"os.Exit", "os.Stdout", "os.Stderr", "os.Stdin", "os.Args", "os.Getenv", "os.LookupEnv", "os.Environ", "os.Setenv", "os.Unsetenv",
	"fmt.Print", "fmt.Printf", "fmt.Println", "log.Default", "log.SetOutput", "slog.Default", "slog.Info", "slog.Warn", "slog.Error", "slog.Debug",
	"log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln", "log.Print", "log.Printf", "log.Println",
}

// Only the frames exit, print and read the environment: what a task says goes through the report, where
// it is rendered harmlessly and without secrets.
func TestOnlyFramesExitPrintAndReadTheEnvironment(t *testing.T) {
	control := 0
	for _, s := range allSources(t) {
		if s.isTest() || slices.Contains([]string{"tools", "generators"}, rowOf(s.folder()).name) {
			continue
		}
		frame := rowOf(s.folder()).name == "frames"
		s.selectors(func(n ast.Node, name string) {
			switch {
			case !slices.Contains(loud, name):
			case frame:
				control++
			default:
				t.Errorf("%s: %s belongs to internal/task and internal/resource: what goes past a frame is neither in the report nor rid of secrets", s.at(n), name)
			}
		})
		ast.Inspect(s.File, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
					t.Errorf("%s: %s prints past the frame", s.at(n), f.Name)
				}
			}
			return true
		})
	}
	if control == 0 {
		t.Error("not even the frames print or exit: this test no longer sees what it looks for")
	}
}

// clocks are the functions of time that know what time it is.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

func TestSubjectsHaveNoClock(t *testing.T) {
	for _, s := range allSources(t) {
		if s.isTest() || !slices.Contains([]string{"subjects", "vocabulary", "words"}, rowOf(s.folder()).name) {
			continue
		}
		s.selectors(func(n ast.Node, name string) {
			if function, of := strings.CutPrefix(name, "time."); of && slices.Contains(clocks, function) {
				t.Errorf("%s: %s: now is an argument, or a day could not be judged again (AS_OF)", s.at(n), name)
			}
		})
	}
}

// skips are the tests that may be left out, each with its reason.
var skips = map[string]string{}

func TestNoTestIsSkipped(t *testing.T) {
	for _, s := range allSources(t) {
		if !s.isTest() || skips[s.path] != "" {
			continue
		}
		s.selectors(func(n ast.Node, name string) {
			_, method, _ := strings.Cut(name, ".")
			if slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, method) {
				t.Errorf("%s: %s: a skipped test is green and nobody looked; put what needs more than Go behind the build tag sandbox", s.at(n), name)
			}
		})
	}
}
