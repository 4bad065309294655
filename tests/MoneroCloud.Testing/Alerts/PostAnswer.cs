namespace MoneroCloud.Testing;

/// <summary>What an <see cref="AlertReceiver"/> does with one request. Each reads the whole body first.</summary>
public abstract record PostAnswer
{
    private PostAnswer()
    {
    }

    public sealed record Status(int Code) : PostAnswer
    {
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        public string Body { get; init; } = "";
    }

    /// <summary>The connection ends without an answer, though the request was read.</summary>
    public sealed record Reset : PostAnswer;

    /// <summary>No answer until the other side gives up, or for so long.</summary>
    public sealed record Silent(TimeSpan? For = null) : PostAnswer;

    /// <summary>The head of a good answer, and then nothing until the other side gives up.</summary>
    public sealed record HeadOnly(int Code) : PostAnswer;

    public static PostAnswer Accepted { get; } = new Status(202);

    public static PostAnswer RetryAfter(string value, int code = 429) => new Status(code) { Headers = new Dictionary<string, string> { ["Retry-After"] = value } };
}
