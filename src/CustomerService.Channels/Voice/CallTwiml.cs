using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using CustomerService.Channels.Twilio;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Voice;

/// <summary>Says in TwiML what to do in a call.</summary>
internal sealed class CallTwiml(VoiceSettings settings)
{
    /// <summary>Twilio's limit of one <c>Say</c>.</summary>
    private const int LongestSay = 4_000;

    /// <summary>The longest message after the tone: Twilio writes down what is shorter than two minutes.</summary>
    private const int LongestWrittenSeconds = 119;

    /// <summary>The longest that nobody writes down.</summary>
    private const int LongestMessageSeconds = 300;

    public WebhookAnswer Of(ImmutableArray<CallInstruction> instructions) => new("text/xml", Twiml.Document(xml =>
    {
        foreach (var each in instructions)
            Write(xml, each);
    }));

    private void Write(XmlWriter xml, CallInstruction instruction)
    {
        switch (instruction)
        {
            case CallInstruction.Say say:
                WriteSay(xml, say);
                break;
            case CallInstruction.Play play:
                xml.WriteElementString("Play", play.Address.AbsoluteUri);
                break;
            case CallInstruction.Listen listen:
                WriteListen(xml, listen);
                break;
            case CallInstruction.Dial dial:
                WriteDial(xml, dial);
                break;
            case CallInstruction.Record record:
                WriteRecord(xml, record);
                break;
            case CallInstruction.GoTo go:
                xml.WriteStartElement("Redirect");
                xml.WriteAttributeString("method", "POST");
                xml.WriteString(go.Where);
                xml.WriteEndElement();
                break;
            case CallInstruction.HangUp:
                xml.WriteElementString("Hangup", null);
                break;
            default:
                throw new InvalidOperationException($"{instruction.GetType().Name} is no instruction.");
        }
    }

    private void WriteSay(XmlWriter xml, CallInstruction.Say say)
    {
        var language = settings.Plan.Spoken(say.Language);
        xml.WriteStartElement("Say");
        xml.WriteAttributeString("language", language.Locale);
        if (language.Voice is { } voice)
            xml.WriteAttributeString("voice", voice);
        xml.WriteString(TwimlText.Clean(say.Text.Length > LongestSay ? say.Text[..LongestSay] : say.Text));
        xml.WriteEndElement();
    }

    private void WriteListen(XmlWriter xml, CallInstruction.Listen listen)
    {
        xml.WriteStartElement("Gather");
        xml.WriteAttributeString("input", listen.For == ListenFor.Key ? "dtmf" : "speech dtmf");
        if (listen.For == ListenFor.SpeechOrKeys)
            xml.WriteAttributeString("finishOnKey", "#");
        else
            xml.WriteAttributeString("numDigits", "1");
        if (listen.For != ListenFor.Key)
        {
            xml.WriteAttributeString("language", settings.Plan.Spoken(listen.Language).Locale);
            xml.WriteAttributeString("speechTimeout", "auto");
            xml.WriteAttributeString("bargeIn", "true");
        }

        xml.WriteAttributeString("timeout", listen.Seconds.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("action", listen.Then);
        xml.WriteAttributeString("method", "POST");
        foreach (var each in listen.While)
            Write(xml, each);
        xml.WriteEndElement();
    }

    private void WriteDial(XmlWriter xml, CallInstruction.Dial dial)
    {
        xml.WriteStartElement("Dial");
        xml.WriteAttributeString("callerId", settings.Number);
        xml.WriteAttributeString("timeout", "20");
        xml.WriteAttributeString("answerOnBridge", "true");
        xml.WriteAttributeString("action", dial.Then);
        xml.WriteAttributeString("method", "POST");
        xml.WriteStartElement("Number");
        xml.WriteAttributeString("url", dial.Whisper);
        xml.WriteAttributeString("method", "POST");
        xml.WriteString(dial.Number);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteRecord(XmlWriter xml, CallInstruction.Record record)
    {
        xml.WriteStartElement("Record");
        xml.WriteAttributeString("action", record.Then);
        xml.WriteAttributeString("method", "POST");
        xml.WriteAttributeString("maxLength", (record.Written is null ? LongestMessageSeconds : LongestWrittenSeconds).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("timeout", "5");
        xml.WriteAttributeString("playBeep", "true");
        xml.WriteAttributeString("recordingStatusCallback", record.Kept);
        if (record.Written is { } written)
        {
            xml.WriteAttributeString("transcribe", "true");
            xml.WriteAttributeString("transcribeCallback", written);
        }

        xml.WriteEndElement();
    }
}
