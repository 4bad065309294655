namespace MoneroCloud.Functions;

/// <summary>What a page is to show.</summary>
/// <param name="Component">A <see cref="PageBase{T}"/> of the model's type.</param>
internal sealed record PageView(string Title, Type Component, object Model)
{
    /// <summary>Which part of the navigation it belongs to: one of the addresses there.</summary>
    public string Section { get; init; } = "";

    /// <summary>When what it shows was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    public static PageView Of<TPage, TModel>(string title, TModel model, string section, DateTimeOffset asOf)
        where TPage : PageBase<TModel>
        where TModel : class, IEquatable<TModel> => new(title, typeof(TPage), model) { Section = section, AsOf = asOf };

    /// <summary>That something is not there, or cannot be done.</summary>
    public static PageView Notice(string title, string text, int status, DateTimeOffset now, string section = "") =>
        Of<NoticePage, NoticeModel>(title, new NoticeModel(text), section, now) with { Status = status };
}
