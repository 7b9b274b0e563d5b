package lookup

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/smithy-go/middleware"
	"golang.org/x/time/rate"
)

// pace makes every try wait its turn, the SDK's own retries among them, before it is signed.
func pace(interval time.Duration) func(*middleware.Stack) error {
	turns := rate.NewLimiter(rate.Every(interval), 1)
	return func(stack *middleware.Stack) error {
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("pace",
			func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
				out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
				if err := turns.Wait(ctx); err != nil {
					return out, metadata, fmt.Errorf("wait for a turn: %w", late(ctx))
				}
				return next.HandleFinalize(ctx, in)
			}), "Retry", middleware.After)
	}
}

// late is why there is no turn: the time is over, or will be before it comes.
func late(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return context.DeadlineExceeded
}
