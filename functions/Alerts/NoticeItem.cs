using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One alert of a message.</summary>
/// <param name="Alert">Its texts may hold anything that a node, an RPC error or a label holds: each channel escapes them.</param>
/// <param name="Link">The incident; null where the alert belongs to none, and without a <c>publicUrl</c>.</param>
internal sealed record NoticeItem(Alert Alert, Uri? Link);
