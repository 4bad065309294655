using System.Text;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class JwsTests : IDisposable
{
    private readonly SigningKey _key = SigningKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void What_is_signed_comes_back_with_the_key_that_signed_it() =>
        Gen.Select(Gen.Byte.Array[1, 300], Among.Values([.. JwsType.All])).Sample(
            (payload, type) =>
                Jws.Verify(Jws.Sign(_key, type, payload), type, [_key.PublicKey]) is JwsResult.Valid valid
                && valid.Kid == _key.PublicKey.Thumbprint
                && valid.Payload.Span.SequenceEqual(payload),
            iter: 500);

    [Fact]
    public void The_header_is_exactly_algorithm_key_and_type()
    {
        var compact = Encoding.ASCII.GetString(Jws.Sign(_key, JwsType.Report, "{}"u8));
        Assert.StartsWith(
            ForgedJws.Encode($$"""{"alg":"ES256","kid":"{{_key.PublicKey.Thumbprint}}","typ":"mc-report"}""") + ".e30.",
            compact,
            StringComparison.Ordinal);
        Assert.Equal(86, compact.Split('.')[2].Length);
    }

    [Fact]
    public void The_names_of_the_types_are_what_agents_in_the_field_write() =>
        Assert.Equal(["mc-report", "mc-order", "mc-ack", "mc-enrol"], JwsType.All.Select(type => type.Name));

    [Fact]
    public void While_one_key_replaces_the_other_both_are_valid()
    {
        using var next = SigningKey.Create();
        VerifyingKey[] both = [_key.PublicKey, next.PublicKey];

        Assert.Equal(_key.PublicKey.Thumbprint, Assert.IsType<JwsResult.Valid>(Verify(_key, both)).Kid);
        Assert.Equal(next.PublicKey.Thumbprint, Assert.IsType<JwsResult.Valid>(Verify(next, both)).Kid);
        Assert.Equal(JwsRefusal.UnknownKey, Assert.IsType<JwsResult.Refused>(Verify(_key, [next.PublicKey])).Kind);
        Assert.Equal(JwsRefusal.UnknownKey, Assert.IsType<JwsResult.Refused>(Verify(_key, [])).Kind);
    }

    [Fact]
    public void The_largest_payload_is_within_the_bound_with_room_for_the_bus()
    {
        var compact = Jws.Sign(_key, JwsType.Report, new byte[Jws.MaxPayload]);

        Assert.IsType<JwsResult.Valid>(Jws.Verify(compact, JwsType.Report, [_key.PublicKey]));
        Assert.InRange(compact.Length, Jws.MaxPayload, Jws.MaxLength - 8192);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Jws.MaxPayload + 1)]
    public void A_payload_out_of_bounds_is_not_signed(int length)
    {
        var error = Assert.Throws<ArgumentException>(() => Jws.Sign(_key, JwsType.Report, new byte[length]));
        Assert.Contains($"{length} bytes; 1 to {Jws.MaxPayload}", error.Message, StringComparison.Ordinal);
    }

    private static JwsResult Verify(SigningKey key, VerifyingKey[] keys) => Jws.Verify(Jws.Sign(key, JwsType.Order, "{}"u8), JwsType.Order, keys);
}
