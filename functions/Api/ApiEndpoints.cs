namespace MoneroCloud.Functions;

/// <summary>All that clients reach: what is below <c>/api</c> and <c>/dashboard</c>.</summary>
internal static class ApiEndpoints
{
    public static void Map(WebApplication app, ApiParts parts)
    {
        var logs = parts.Monitor.Logs;
        var guard = new ApiGuard(parts.Keys, new FailureLimit(parts.Monitor.Time), parts.Proxied, logs.CreateLogger<ApiGuard>());
        var gate = new ApiGate(guard, logs.CreateLogger<ApiGate>());
        app.Use((HttpContext context, RequestDelegate next) => gate.InvokeAsync(context, next));

        var routes = new ApiRoutes(app);
        var health = new CachedHealth(parts.Monitor, parts.ConfigurationFailed);
        new HealthEndpoint(health).Map(routes);
        new OpenApiEndpoint().Map(routes);
        new NodeEndpoints(parts).Map(routes);
        new HistoryEndpoints(parts).Map(routes);
        new PastEndpoints(parts).Map(routes);
        new ExportEndpoints(parts).Map(routes);
        new CheckEndpoints(parts).Map(routes);
        new OrderEndpoints(parts).Map(routes);
        new AgentEndpoints(parts).Map(routes);
        new EnrolmentEndpoints(parts).Map(routes);
        new AlertEndpoints(parts).Map(routes);
        new IncidentEndpoints(parts).Map(routes);
        new SilenceEndpoints(parts).Map(routes);
        new MetricsEndpoint(parts).Map(routes);
        var access = new DashboardAccess(parts, guard);
        new DashboardEndpoints(parts, access, health).Map(routes);
        new IncidentPages(parts, access).Map(routes);
    }
}
