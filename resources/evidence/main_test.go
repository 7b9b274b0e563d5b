package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/resource/contract"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

func TestMain(m *testing.M) { contract.Main(m, "evidence", main) }

// at is JSON of the source with another address.
func at(base string) string {
	text, _ := json.Marshal(map[string]string{"bucket": bucket.Name, "scope": "production", "check": "stemcells",
		"endpoint": base, "access_key_id": bucket.AccessKeyID, "secret_access_key": bucket.Secret})
	return string(text)
}

func TestContract(t *testing.T) {
	s := bucket.New()
	defer s.Close()
	contract.Test(t, contract.Resource{
		Source:  at(s.URL),
		At:      at,
		Secret:  bucket.Secret,
		Params:  `{"report":"clean.json"}`,
		Inputs:  "../../internal/render/testdata",
		Version: `{"key":"production/stemcells/2020-01-01/000000Z-1/report.json"}`,
		Gone:    true,
	})
}

func TestPage(t *testing.T) {
	contract.Page(t, "../../docs/resources/evidence.md", source{}, params{})
}

func TestScripts(t *testing.T) {
	reports, err := filepath.Abs("../../internal/render/testdata")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			s := bucket.New()
			e.Defer(s.Close)
			e.Values["s3"] = s
			e.Setenv("REPORTS", reports)
			e.Setenv("ENDPOINT", s.URL)
			e.Setenv("SECRET", bucket.Secret)
			e.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"request": request, "objects": objects, "remove": remove, "answer": answer,
		},
	})
}

func of(ts *testscript.TestScript) *bucket.Server { return ts.Value("s3").(*bucket.Server) }

// client is not the project's own, so that what is kept is seen as anybody sees it.
func client(ts *testscript.TestScript) *s3.Client {
	return s3.New(s3.Options{
		BaseEndpoint: aws.String(of(ts).URL), UsePathStyle: true, Region: "us-east-1",
		Credentials: credentials.NewStaticCredentialsProvider(bucket.AccessKeyID, bucket.Secret, ""),
	})
}

// request FILE: fill in the environment's variables.
func request(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(os.Expand(ts.ReadFile(args[0]), ts.Getenv)), 0o600))
}

// objects FOLDER: copy the bucket's objects into a folder, all of them into FOLDER.all, and their keys with their status
// into FOLDER.list.
func objects(ts *testscript.TestScript, _ bool, args []string) {
	api, ctx := client(ts), context.Background()
	listed, err := api.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(bucket.Name)})
	ts.Check(err)
	var keys []string
	var all []byte
	for _, object := range listed.Contents {
		got, err := api.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(bucket.Name), Key: object.Key})
		ts.Check(err)
		body, err := io.ReadAll(got.Body)
		ts.Check(err)
		path := filepath.Join(ts.MkAbs(args[0]), *object.Key)
		ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
		ts.Check(os.WriteFile(path, body, 0o600))
		keys, all = append(keys, *object.Key+" "+got.Metadata["status"]), append(all, body...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".all"), all, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".list"), []byte(strings.Join(keys, "\n")+"\n"), 0o600))
}

// remove KEY: as a bucket's own expiry does.
func remove(ts *testscript.TestScript, _ bool, args []string) {
	_, err := client(ts).DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: aws.String(bucket.Name), Key: aws.String(args[0])})
	ts.Check(err)
}

// answer PATTERN STATUS BODY: let the server misbehave for good; without arguments, heal it.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		of(ts).Heal()
		return
	}
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	of(ts).Inject(fault.Fault{Path: args[0], Do: fault.Answer(status, args[2], "Content-Type", "application/xml")})
}
