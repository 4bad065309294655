namespace MoneroCloud.Core;

/// <summary>The wire form of <c>get_last_block_header</c>'s result, as far as it is used.</summary>
internal sealed record HeaderResult(HeaderBody? BlockHeader);
