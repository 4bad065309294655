using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Kestrel and a router, and nothing that the environment could change: no hosting defaults, no configuration files, no start-up assemblies. It
/// listens at the one address it is given, whatever ASPNETCORE_URLS says.
/// </summary>
internal static class HttpServer
{
    private const long LargestBody = 1 << 20;

    private const int LargestHeaders = 32 * 1024;

    private const int MostConnections = 512;

    /// <summary>A quarter of them. Standalone alone: as a handler all come from the Functions host.</summary>
    private const int MostOfAnAddress = 128;

    /// <summary>Without a request, or between two: a proxy keeps its own for 60 s and must be the first to end them.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(75);

    public static WebApplication Build(HostMode mode, RequestGate gate, MonitorParts parts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, mode, parts));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(parts.Logs);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Use((HttpContext context, RequestDelegate next) => gate.InvokeAsync(context, next));
        app.UseRouting();
        parts.MapHttp(app);
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel, HostMode mode, MonitorParts parts)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = LongestIdle;
        var limit = mode is HostMode.Standalone ? new ConnectionLimit(MostOfAnAddress, parts.Time, parts.Logs.CreateLogger<ConnectionLimit>()) : null;
        kestrel.Listen(mode.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (limit is not null)
            {
                listen.Use(next => connection => limit.InvokeAsync(connection, next));
            }
        });
    }

    /// <summary>Signals belong to <see cref="MonitorHost"/>: the default lifetime would end the program with code 0.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
