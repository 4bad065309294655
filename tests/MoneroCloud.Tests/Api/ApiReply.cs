using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>What the API answered.</summary>
internal sealed record ApiReply(HttpStatusCode Status, string? ContentType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public int Code => (int)Status;

    /// <summary>As it came over the wire.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public T Read<T>(JsonTypeInfo<T> type, int code = 200)
    {
        Assert.True(Code == code, $"{Code} instead of {code}: {Text}");
        Assert.Equal("application/json", ContentType);
        return JsonSerializer.Deserialize(Text, type)!;
    }

    /// <summary>The problem's detail, after its form was asserted.</summary>
    public string Problem(int code)
    {
        Assert.True(Code == code, $"{Code} instead of {code}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        var problem = JsonSerializer.Deserialize(Text, ApiJson.Default.Problem)!;
        Assert.Equal(code, problem.Status);
        Assert.NotEmpty(problem.Title);
        Assert.NotEmpty(problem.Detail);
        return problem.Detail;
    }
}
