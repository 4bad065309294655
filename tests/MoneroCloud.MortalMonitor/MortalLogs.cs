using Microsoft.Extensions.Logging;

namespace MoneroCloud.MortalMonitor;

/// <summary>Dies before or after the channel <c>log</c> has written its line.</summary>
internal sealed class MortalLogs(ILoggerFactory logs, DeathPoints points) : ILoggerFactory
{
    private const string Channel = "alert";

    public ILogger CreateLogger(string categoryName) => categoryName == Channel ? new Mortal(logs.CreateLogger(categoryName), points) : logs.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    public void Dispose() => points.Dispose();

    private sealed class Mortal(ILogger log, DeathPoints points) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            points.Pass("deliver before");
            log.Log(logLevel, eventId, state, exception, formatter);
            points.Pass("deliver after");
        }
    }
}
