using System.Text;
using System.Xml;

namespace CustomerService.Channels.Twilio;

/// <summary>Writes TwiML, the XML that tells Twilio what to do. By an XML writer: whatever a text has in it stays text.</summary>
internal static class Twiml
{
    public static string Document(Action<XmlWriter> write)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("Response");
            write(xml);
            xml.WriteEndElement();
        }

        return $"""<?xml version="1.0" encoding="UTF-8"?>{text}""";
    }
}
