using CsCheck;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public sealed class KeyTextProperties
{
    private const string Awkward = "\0 !#%,-./0;>?@AZ[\\]`az{|}~\u007f\u0080é\ud800\udfff\uffff";

    private static readonly Gen<string> AnyKey =
        Gen.OneOf(Gen.Char, Among.Values([.. Awkward])).Array[0, 12].Select(characters => new string(characters));

    [Fact]
    public void What_is_written_is_read_back() => AnyKey.Sample(key => KeyText.Read(KeyText.Write(key)) == key, time: 1);

    [Fact]
    public void The_written_form_keeps_the_order() => Gen.Select(AnyKey, AnyKey).Sample(
        (a, b) => Math.Sign(string.CompareOrdinal(KeyText.Write(a), KeyText.Write(b))) == Math.Sign(string.CompareOrdinal(a, b)), time: 1);

    [Fact]
    public void The_written_form_has_nothing_that_a_store_refuses() => AnyKey.Sample(
        key => KeyText.Write(key).All(c => c is >= '!' and <= '~' && !"/\\#?%&+'\"".Contains(c)), time: 1);

    [Theory]
    [InlineData("n|alpha.main-node")]
    [InlineData("h|alpha.main|0123456789012345678|1.22")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789.|-")]
    public void Our_own_keys_are_written_as_they_are(string key) => Assert.Same(key, KeyText.Write(key));

    [Theory]
    [InlineData("!")]
    [InlineData("!4")]
    [InlineData("a~00e")]
    [InlineData("~zzzz")]
    public void A_damaged_key_is_an_error(string text) => Assert.Throws<FormatException>(() => KeyText.Read(text));
}
