using Microsoft.Extensions.Logging;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>The program's own log, kept in memory.</summary>
internal sealed class LinesLog : IDisposable
{
    private readonly StringWriter _text = new();

    public LinesLog() => Factory = StdoutLog.Factory(_text, TimeProvider.System);

    public ILoggerFactory Factory { get; }

    public IReadOnlyList<string> Lines => _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        Factory.Dispose();
        _text.Dispose();
    }
}
