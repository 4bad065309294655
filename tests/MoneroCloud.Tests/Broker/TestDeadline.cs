using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Bounds of what a test waits for.</summary>
internal static class TestDeadline
{
    public static CancellationToken Of(int seconds)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromSeconds(seconds));
        return source.Token;
    }

    /// <summary>Looks again and again.</summary>
    public static async Task UntilAsync(Func<bool> holds, CancellationToken cancellation)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }
    }
}
