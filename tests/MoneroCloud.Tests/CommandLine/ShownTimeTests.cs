using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests.CommandLine;

/// <summary>A time in a table cannot be taken for one of another day.</summary>
public sealed class ShownTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 0, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 3, 2, 9, 30, 0, DateTimeKind.Unspecified)));

    [Theory]
    [InlineData(0, "09:30:00")]
    [InlineData(-9.5 * 60, "00:00:00")]
    [InlineData((-9.5 * 60) - 1, "03-01 23:59")]
    [InlineData(-3 * 24 * 60, "02-27 09:30")]
    [InlineData(-61 * 24 * 60, "2025-12-31")]
    public void It_has_the_day_where_that_is_not_today(double minutes, string text) => Assert.Equal(text, ShownTime.Of(Now.AddMinutes(minutes), Now));
}
