using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The agent's own log: one line on stdout each, the time first. It never carries a secret or a child's output.</summary>
internal sealed class AgentLog(TextWriter output, TimeProvider time)
{
    private readonly Lock _lock = new();

    public void Write(string subject, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToLocalTime():HH:mm:ss.fff}  {subject,-12} {LogLine.Of(text)}");
        lock (_lock)
        {
            try
            {
                output.WriteLine(line);
                output.Flush();
            }
            catch (IOException)
            {
                // The terminal or pipe is gone; supervising goes on without it.
            }
        }
    }

    /// <summary>A bug or a broken environment, with what was attempted; caught at the outermost loop.</summary>
    public void Bug(string subject, string attempted, Exception bug) =>
        Write(subject, $"failed to {attempted}: {bug.GetType().Name}: {bug.Message}");
}
