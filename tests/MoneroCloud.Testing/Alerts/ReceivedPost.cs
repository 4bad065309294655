using System.Text;

namespace MoneroCloud.Testing;

/// <summary>A request as a receiver got it, whatever it then answered.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">By name in whatever case; several values of one are joined by commas.</param>
public sealed record ReceivedPost(string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}
