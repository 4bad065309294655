using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// One line an entry, on stdout alone, written before the call returns: the Functions host takes a line of stderr for an error and a line of
/// stdout for an entry, and a program that crashes has said why.
/// </summary>
internal sealed class StdoutLog(TextWriter output, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _gate = new();

    /// <summary>From Information on; of the server and its libraries from Warning on.</summary>
    public static ILoggerFactory Factory(TextWriter output, TimeProvider time) => LoggerFactory.Create(logging => logging
        .AddProvider(new StdoutLog(output, time))
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddFilter("Azure", LogLevel.Warning));

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => output.Flush();

    private void Write(LogLevel level, string category, string message, Exception? error)
    {
        var text = error is null ? message : $"{message}: {error}";
        var line = $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Word(level)} {category}: {LogLine.Of(text)}";
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private sealed class Category(StdoutLog log, string name) : ILogger
    {
        private readonly string _shortName = name[(name.LastIndexOf('.') + 1)..];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, _shortName, formatter(state, exception), exception);
    }
}
