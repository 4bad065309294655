using System.Diagnostics;
using OpenTelemetry;

namespace MoneroCloud.Functions;

/// <summary>Before the exporters: a tick in which nothing happened is one of thousands a day, and is not sent.</summary>
internal sealed class QuietSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (!Traces.IsWorthSending(data))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
