//go:build sandbox

package scene_test

import (
	"path"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
)

// evidence reads every report of a box that is in the bucket, the oldest first.
func (p *proof) evidence(b scene.Box) (reports []*report.Report) {
	p.Helper()
	client := p.S3.Client()
	pages := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{
		Bucket: aws.String(scene.Bucket), Prefix: aws.String(b.Environment + "/" + b.Line + "/"),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(p.ctx)
		require.NoError(p, err)
		for _, object := range page.Contents {
			if path.Base(*object.Key) != "report.json" {
				continue
			}
			got, err := client.GetObject(p.ctx, &s3.GetObjectInput{Bucket: aws.String(scene.Bucket), Key: object.Key})
			require.NoError(p, err)
			r, err := report.Decode(got.Body)
			require.NoError(p, err, *object.Key)
			require.Equal(p, string(r.Status()), got.Metadata["status"], *object.Key)
			reports = append(reports, r)
		}
	}
	return reports
}
