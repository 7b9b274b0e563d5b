package house

import (
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever sees a rule's name in red finds on the line's page what it means and what to do, and reads there of no rule
// that is never told.
func TestPagesExplainTheRules(t *testing.T) {
	for _, name := range folders(t, "tasks") {
		t.Run(name, func(t *testing.T) {
			explained, told := explainedBy(t, name), toldBy(t, "tasks/"+name)
			slices.Sort(explained)
			require.Equal(t, slices.Compact(told), explained, "docs/tasks/%s.md explains these under ## Rules; the code tells those", name)
		})
	}
}

var (
	ruleRow  = regexp.MustCompile("(?m)^\\| (`[^|]*) \\|(.*)\\|$")
	ruleName = regexp.MustCompile("`([a-z]+(?:-[a-z]+)+)`")
	kebab    = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
)

// explainedBy are the rules in the first column of a page's table; no cell beside them may be empty.
func explainedBy(t *testing.T, name string) (rules []string) {
	page := read(t, "docs/tasks/"+name+".md", "it is where a red box is read up on")
	_, section, _ := strings.Cut(page, "\n## Rules\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, row := range ruleRow.FindAllStringSubmatch(section, -1) {
		for _, cell := range strings.Split(row[2], " | ") {
			require.NotEmpty(t, strings.TrimSpace(cell), row[0])
		}
		for _, rule := range ruleName.FindAllStringSubmatch(row[1], -1) {
			rules = append(rules, rule[1])
		}
	}
	return rules
}

// toldBy are the rules in the code of a task and of the subjects that it imports: whatever is given to something that
// is called rule.
func toldBy(t *testing.T, task string) (rules []string) {
	packages := []string{task}
	for _, s := range allSources(t) {
		for _, spec := range s.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if imported = strings.TrimPrefix(imported, module); s.folder() == task && !s.isTest() && rowOf(imported).name == "subjects" {
				packages = append(packages, imported)
			}
		}
	}
	for _, folder := range slices.Compact(slices.Sorted(slices.Values(packages))) {
		var own []source
		for _, s := range allSources(t) {
			if s.folder() == folder && !s.isTest() {
				own = append(own, s)
			}
		}
		rules = append(rules, given(own)...)
	}
	slices.Sort(rules)
	return rules
}

// given finds literals and constants by the names of what they are given to, for package go/ast knows no types.
func given(sources []source) (rules []string) {
	inspect := func(visit func(ast.Node)) {
		for _, s := range sources {
			ast.Inspect(s.File, func(n ast.Node) bool { visit(n); return true })
		}
	}
	constants := map[string]ast.Expr{}
	parameters, fields := map[string]int{}, map[string]int{} // where rule stands in a function's parameters, in a struct's fields
	results := map[*ast.BlockStmt]int{}
	inspect(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if place := named(n.Type.Params); place >= 0 {
				parameters[n.Name.Name] = place
			}
			if place := named(n.Type.Results); place >= 0 {
				results[n.Body] = place
			}
		case *ast.AssignStmt:
			for i, right := range n.Rhs {
				if f, ok := right.(*ast.FuncLit); ok && named(f.Type.Params) >= 0 {
					parameters[last(n.Lhs[i])] = named(f.Type.Params)
				}
			}
		case *ast.TypeSpec:
			if of, ok := n.Type.(*ast.StructType); ok && named(of.Fields) >= 0 {
				fields[n.Name.Name] = named(of.Fields)
			}
		case *ast.ValueSpec:
			for i, value := range n.Values {
				constants[n.Names[i].Name] = value
			}
		}
	})
	take := func(list []ast.Expr, place int) {
		if place < 0 || place >= len(list) {
			return
		}
		value := list[place]
		if constant, ok := constants[last(value)]; ok {
			value = constant
		}
		if literal, ok := value.(*ast.BasicLit); ok {
			if text, err := strconv.Unquote(literal.Value); err == nil && kebab.MatchString(text) {
				rules = append(rules, text)
			}
		}
	}
	at := func(places map[string]int, name string) int {
		if place, ok := places[name]; ok {
			return place
		}
		return -1
	}
	inspect(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			take(n.Args, at(parameters, last(n.Fun)))
		case *ast.KeyValueExpr:
			if strings.EqualFold(last(n.Key), "rule") {
				take([]ast.Expr{n.Value}, 0)
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if strings.EqualFold(last(left), "rule") {
					take(n.Rhs, i)
				}
			}
		case *ast.CompositeLit:
			of := n.Type
			if list, ok := of.(*ast.ArrayType); ok {
				of = list.Elt
			}
			place := at(fields, last(of))
			if inline, ok := of.(*ast.StructType); ok {
				place = named(inline.Fields)
			}
			take(n.Elts, place)
			for _, element := range n.Elts {
				if short, ok := element.(*ast.CompositeLit); ok {
					take(short.Elts, place)
				}
			}
		case *ast.BlockStmt:
			if place, ok := results[n]; ok {
				ast.Inspect(n, func(n ast.Node) bool {
					if r, ok := n.(*ast.ReturnStmt); ok {
						take(r.Results, place)
					}
					return true
				})
			}
		}
	})
	return rules
}

// named is the place of what is called rule in a list; -1 where there is none.
func named(list *ast.FieldList) int {
	if list == nil {
		return -1
	}
	place := 0
	for _, field := range list.List {
		for _, name := range field.Names {
			if name.Name == "rule" {
				return place
			}
			place++
		}
	}
	return -1
}

// last is the last part of a name.
func last(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
