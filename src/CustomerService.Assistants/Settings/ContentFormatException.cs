using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Assistants.Settings;

/// <summary>A content file can't be used. The message is <c>file(line,column): what is wrong and the fix</c>.</summary>
public sealed class ContentFormatException(string message, Exception? inner = null) : FormatException(message, inner)
{
    internal static ContentFormatException At(string path, YamlNode node, string problem) => At(path, node.Start, problem);

    internal static ContentFormatException At(string path, Mark mark, string problem, Exception? inner = null) =>
        new($"{path}({mark.Line},{mark.Column}): {problem}", inner);
}
