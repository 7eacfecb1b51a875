using System.Text.Json;
using CustomerService.Gateway.Page;

namespace CustomerService.Gateway.Widget;

/// <summary>
/// The chat's script: its parts put one after another into one function of its own, so that a site needs one tag and none of our names meets its names. The style
/// is a text in it, which the script gives to its shadow root alone.
/// </summary>
internal static class WidgetScript
{
    private static readonly string[] Parts = ["words.js", "connection.js", "messages.js", "panel.js", "widget.js"];

    public static string Text { get; } =
        $"\"use strict\";\n(() => {{\nconst STYLE = {JsonSerializer.Serialize(Lean(EmbeddedFile.Text(typeof(WidgetScript), "chat.css")), GatewayJson.Wire.String)};\n"
        + $"{string.Join('\n', Parts.Select(part => Lean(EmbeddedFile.Text(typeof(WidgetScript), part))))}\n}})();\n";

    /// <summary>Without indentation, blank lines and lines that only explain: the parts are written so that nothing of it matters.</summary>
    private static string Lean(string source) => string.Join('\n', source.ReplaceLineEndings("\n").Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));
}
