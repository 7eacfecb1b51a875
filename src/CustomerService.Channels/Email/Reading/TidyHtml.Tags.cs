namespace CustomerService.Channels.Email.Reading;

// What is known of tags and attributes.
internal sealed partial class TidyHtml
{
    private static readonly HashSet<string> Shown = Words(
        "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 "
        + "header hr i ins kbd li main mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr");

    private static readonly HashSet<string> Harmless = Words("align colspan dir lang reversed rowspan start title type valign");
    private static readonly string[] Schemes = ["http://", "https://", "mailto:", "tel:"];
    private static readonly HashSet<string> Unread = Words("applet audio embed frameset head iframe math noembed noframes noscript object picture plaintext script select style svg template textarea title video xmp");
    private static readonly HashSet<string> Void = Words("br col hr wbr");
    private static readonly HashSet<string> Paragraph = Words("p");
    private static readonly HashSet<string> Table = Words("table");
    private static readonly HashSet<string> Cells = Words("td th caption");
    private static readonly HashSet<string> TableParts = Words("caption colgroup tbody td tfoot th thead tr");

    private static readonly HashSet<string> EndsParagraph = Words(
        "address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table ul");

    /// <summary>What ends where its like begins, though nothing says so.</summary>
    private static readonly Dictionary<string, (HashSet<string> Ends, HashSet<string> Within)> Implied = new(StringComparer.OrdinalIgnoreCase)
    {
        ["a"] = (Words("a"), Words("table td th caption")),
        ["li"] = (Words("li"), Words("ol ul table td th caption")),
        ["dt"] = (Words("dd dt"), Words("dl table td th caption")),
        ["dd"] = (Words("dd dt"), Words("dl table td th caption")),
        ["td"] = (Words("td th caption"), Words("table tr")),
        ["th"] = (Words("td th caption"), Words("table tr")),
        ["tr"] = (Words("tr caption colgroup"), Words("table tbody tfoot thead")),
        ["tbody"] = (Words("tbody tfoot thead caption colgroup"), Words("table")),
        ["tfoot"] = (Words("tbody tfoot thead caption colgroup"), Words("table")),
        ["thead"] = (Words("tbody tfoot thead caption colgroup"), Words("table")),
    };

    private static HashSet<string> Words(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
