using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A node's uptime over one time that ends now, with its parts.</summary>
/// <param name="Name">Of the time: 24 h, 7 d and so on.</param>
public sealed record UptimePeriod(string Name, UptimeView Whole);
