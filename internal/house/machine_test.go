package house

import (
	"bufio"
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// A path of the machine that somebody worked on, from the root. In brackets is the first letter, lest these
// lines be found themselves.
var machinePath = regexp.MustCompile(`(^|[^\w./}\])-])/([w]ork|[r]oot|[h]ome|[t]mp/w)(/[\w.]|\s|$)`)

// packageHost is a place that packages come from, which is every team's own business.
var packageHost = regexp.MustCompile(`([p]roxy|[s]um)\.golang\.org|[d]eb\.debian\.org|[p]ypi\.org|[p]ythonhosted|[r]egistry\.npmjs`)

// insideImages may name such paths, because they are those of an image's own file system.
var insideImages = []string{"internal/sandbox/golang.Dockerfile", "internal/sandbox/images.go", "internal/sandbox/golang.go"}

func TestNoFileNamesThisMachine(t *testing.T) {
	for _, name := range allFiles(t) {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsRune(text, 0) || strings.HasSuffix(name, "go.sum") {
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(text))
		lines.Buffer(nil, 64<<20)
		for number := 1; lines.Scan(); number++ {
			line := lines.Text()
			if found := machinePath.FindString(line); found != "" && !has(insideImages, name) {
				t.Errorf("%s:%d names the path %s: it is of one machine, and the project runs on any", name, number, strings.TrimSpace(found))
			}
			if found := packageHost.FindString(line); found != "" {
				t.Errorf("%s:%d names the package host %s: where packages come from is set where the project is built", name, number, found)
			}
			if strings.Contains(line, "../"+"shared") && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s:%d reads beside the project: only a test may, for extra cases, and must pass without", name, number)
			}
		}
		if err := lines.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMachinePath(t *testing.T) {
	for line, want := range map[string]bool{
		"cd /" + "work/main": true, `"/` + `root/go"`: true, "see /" + "home/jane": true, "/" + "tmp/w/x": true, "=/" + "root": true, "in /" + "work": true,
		"111122223333/" + "root": false, `id + "/` + `root"`: false, "/tmp/" + "report": false, "frame" + "/work": false, "/" + "workers": false, "/" + "rooted/x": false, `"/` + `homes"`: false,
	} {
		if got := machinePath.MatchString(line); got != want {
			t.Errorf("%q: %t, not %t", line, got, want)
		}
	}
}
