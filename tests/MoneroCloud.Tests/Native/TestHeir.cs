using System.Globalization;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A process that a child of the test started and whose pid it printed; killed when disposed.</summary>
internal sealed class TestHeir : IDisposable
{
    public TestHeir(TestChild parent)
    {
        Assert.True(PidFd.TryOpen(int.Parse(parent.FirstLine(), CultureInfo.InvariantCulture), out var pidFd, out _));
        PidFd = pidFd;
    }

    public PidFd PidFd { get; }

    public int Pid => PidFd.Pid;

    public void Dispose()
    {
        _ = PidFd.TrySignal(Signals.Kill);
        PidFd.Dispose();
    }
}
