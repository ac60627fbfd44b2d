Option Explicit

' Texts in plain ASCII: &#235; is the sign with number 235.

Public Function StavazaDecode(ByVal text As String) As String
    Dim result As String
    Dim start As Long
    Dim finish As Long
    Dim previous As Long
    previous = 1
    start = InStr(1, text, "&#")
    Do While start > 0
        finish = InStr(start, text, ";")
        If finish = 0 Then Exit Do
        result = result & Mid$(text, previous, start - previous)
        result = result & StavazaCharacter(Mid$(text, start + 2, finish - start - 2))
        previous = finish + 1
        start = InStr(previous, text, "&#")
    Loop
    StavazaDecode = result & Mid$(text, previous)
End Function

Public Function StavazaCharacter(ByVal digits As String) As String
    Dim number As Long
    If Len(digits) = 0 Or Len(digits) > 7 Or Not IsNumeric(digits) Then Exit Function
    number = CLng(digits)
    If number < 65536 Then
        StavazaCharacter = ChrW$(StavazaShort(number))
    Else
        number = number - 65536
        StavazaCharacter = ChrW$(StavazaShort(55296 + number \ 1024)) & ChrW$(StavazaShort(56320 + number Mod 1024))
    End If
End Function

Private Function StavazaShort(ByVal number As Long) As Long
    ' ChrW counts from -32768 to 32767 in some versions.
    If number > 32767 Then number = number - 65536
    StavazaShort = number
End Function

Public Function StavazaEncode(ByVal text As String) As String
    Dim result As String
    Dim place As Long
    Dim number As Long
    For place = 1 To Len(text)
        number = AscW(Mid$(text, place, 1))
        If number < 0 Then number = number + 65536
        If StavazaIsPlain(number) Then
            result = result & Mid$(text, place, 1)
        Else
            result = result & "&#" & CStr(number) & ";"
        End If
    Next place
    StavazaEncode = result
End Function

Private Function StavazaIsPlain(ByVal number As Long) As Boolean
    ' Letters, digits and a few signs; % would be filled in, and " would end the argument.
    Select Case number
        Case 32, 40 To 41, 45 To 47, 48 To 58, 65 To 90, 92, 95, 97 To 122
            StavazaIsPlain = True
    End Select
End Function
