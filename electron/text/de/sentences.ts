/** What engine, project and main tell the artist, in German; by the English sentence (see ../language.ts). */
import type { Sentences } from '../language.ts'

export const sentences: Sentences = {
  'This step can not be undone or redone: the history of the project was damaged.':
    'Dieser Schritt lässt sich weder zurücknehmen noch wiederholen: Der Verlauf des Projekts wurde beschädigt.',
  'No frame of this project is pinned.': 'Kein Bild dieses Projekts ist angeheftet.',
  'Shots without a pin that look like pinned ones: {0} of {1} ({2} like one of another film). A frame of each is pinned in their colors; colorize carries them on.':
    'Einstellungen ohne angeheftetes Bild, die einer mit einem ähnlich sehen: {0} von {1} ({2} einer aus einem anderen Film). Je ein Bild ist in deren Farben angeheftet; Färben trägt sie weiter.',
  'Pins of films that are not where they were are left out: {0}.':
    'Angeheftete Bilder von Filmen, die nicht mehr dort sind, wo sie waren, bleiben außer Betracht: {0}.',
  'Pins of films that were replaced by others are left out: {0}.':
    'Angeheftete Bilder von Filmen, an deren Stelle andere liegen, bleiben außer Betracht: {0}.',
  'Pins that can not be read are left out, of: {0}.':
    'Angeheftete Bilder, die sich nicht lesen lassen, bleiben außer Betracht; sie sind aus: {0}.',
  'The frame that was chosen is no longer pinned.': 'Das gewählte Bild ist nicht mehr angeheftet.',
  'The film of “{0}” was replaced by another one.': 'An der Stelle des Films zu „{0}“ liegt ein anderer.',
  'Bring the film of before back, or link it anew; then try again.':
    'Bringen Sie den früheren Film zurück, oder verknüpfen Sie ihn neu; versuchen Sie es dann noch einmal.',
  'Bring it back, or say where it is now; then try again.':
    'Bringen Sie ihn zurück, oder geben Sie an, wo er jetzt ist; versuchen Sie es dann noch einmal.',
  'is transparent all over: there is nothing to take from it.':
    'ist überall durchsichtig: Es gibt dort nichts zu übernehmen.',
  'Choose a picture that shows something.': 'Wählen Sie ein Bild, auf dem etwas zu sehen ist.',
  'is gray all over: it has no colors to give.': 'ist überall grau: Es hat keine Farben herzugeben.',
  'Choose a picture in color.': 'Wählen Sie ein farbiges Bild.',
  'No shot without a pin looks like a pinned one.':
    'Keine Einstellung ohne angeheftetes Bild sieht einer mit einem ähnlich.',
  'Shots without a pin that look like pinned ones: {0} of {1}. A frame of each is pinned in their colors; colorize carries them on.':
    'Einstellungen ohne angeheftetes Bild, die einer mit einem ähnlich sehen: {0} von {1}. Je ein Bild ist in deren Farben angeheftet; Färben trägt sie weiter.',
  'The film is still being looked through for its shots.': 'Der Film wird noch nach Einstellungen durchsucht.',
  'Try again when that is done.': 'Versuchen Sie es noch einmal, wenn das getan ist.',
  'Give a frame of another shot its colors and pin it; then try again.':
    'Geben Sie einem Bild einer anderen Einstellung seine Farben und heften Sie es an; versuchen Sie es dann noch einmal.',
  'This installation has no network that carries colors from one picture to another.':
    'Diese Installation hat kein Netz, das Farben von einem Bild auf ein anderes überträgt.',
  'This marker is no longer in the project.': 'Dieser Marker ist nicht mehr im Projekt.',
  'Frame {0} has a marker already.': 'Bild {0} hat schon einen Marker.',
  'Choose another frame, or change the marker that is there.':
    'Wählen Sie ein anderes Bild, oder ändern Sie den Marker, der dort ist.',
  'This marker is in the project already.': 'Dieser Marker ist schon im Projekt.',
  'Choose another frame for a new one.': 'Wählen Sie für einen neuen ein anderes Bild.',
  'This is no stroke that could go on.': 'Das ist kein Strich, der weitergehen könnte.',
  'Draw a new one.': 'Zeichnen Sie einen neuen.',
  'This stroke is as long as one can be.': 'Dieser Strich ist so lang, wie einer sein kann.',
  'Go on with a new one.': 'Zeichnen Sie mit einem neuen weiter.',
  'Go on from here; everything you see is kept. Save the project under a new name if you want to be sure.':
    'Arbeiten Sie von hier aus weiter; alles, was Sie sehen, bleibt. Speichern Sie das Projekt zur Sicherheit unter einem neuen Namen.',
  // Films and pictures that are opened
  'The sound of “{0}” can not be decoded; the film plays without it.':
    'Der Ton von „{0}“ lässt sich nicht decodieren; der Film läuft ohne ihn.',
  'An export still carries over what can be copied as it is.':
    'Ein Export übernimmt weiterhin, was sich unverändert kopieren lässt.',
  '“{0}” was not found.': '„{0}“ wurde nicht gefunden.',
  'Check whether it was moved, renamed, or lies on a disk that is not connected.':
    'Sehen Sie nach, ob die Datei verschoben oder umbenannt wurde oder auf einem Laufwerk liegt, das nicht angeschlossen ist.',
  '“{0}” could not be reached.': '„{0}“ ist nicht zu erreichen.',
  'Check the disk or the network drive it lies on, and try again.':
    'Prüfen Sie das Laufwerk oder Netzlaufwerk, auf dem die Datei liegt, und versuchen Sie es noch einmal.',
  'You may not read “{0}”.': 'Sie dürfen „{0}“ nicht lesen.',
  'Change the permissions of the file, or copy it to a folder of your own.':
    'Ändern Sie die Rechte der Datei oder kopieren Sie sie in einen eigenen Ordner.',
  '“{0}” is a folder.': '„{0}“ ist ein Ordner.',
  'Open a film file, or one picture of a numbered sequence inside the folder.':
    'Öffnen Sie eine Filmdatei oder ein Bild einer nummerierten Folge in diesem Ordner.',
  'Choose a file.': 'Wählen Sie eine Datei.',
  '“{0}” is not a file.': '„{0}“ ist keine Datei.',
  'Open a film file.': 'Öffnen Sie eine Filmdatei.',
  '“{0}” is empty: it holds zero bytes.': '„{0}“ ist leer: Die Datei hat null Bytes.',
  'Copy the film again from where it came from.': 'Kopieren Sie den Film noch einmal von dort, wo er herkommt.',
  '“{0}” {1}': '„{0}“ {1}',
  'is cut off: the part that says where its pictures lie is missing.':
    'ist abgeschnitten: Der Teil, der sagt, wo die Bilder liegen, fehlt.',
  'is damaged: none of its pictures can be decoded.': 'ist beschädigt: Keines der Bilder lässt sich lesen.',
  'is damaged: the coloring it held can not be read.': 'ist beschädigt: Die Färbung darin lässt sich nicht lesen.',
  'Pin the frame again, or bring the project back from a backup.':
    'Heften Sie das Bild noch einmal an oder holen Sie das Projekt aus einer Sicherung zurück.',
  'has another shape than the film: it is {0} × {1}, the film {2} × {3}.':
    'hat eine andere Form als der Film: Es hat {0} × {1}, der Film {2} × {3}.',
  'Crop or extend the picture so that it shows exactly what the frame shows.':
    'Beschneiden oder erweitern Sie das Bild so, dass es genau zeigt, was das Einzelbild zeigt.',
  'can not be read as a picture.': 'lässt sich nicht als Bild lesen.',
  'Save it again as PNG, TIFF or JPEG.': 'Speichern Sie es noch einmal als PNG, TIFF oder JPEG.',
  'Copy it again from where it came from, or repair it with the tool that made it.':
    'Kopieren Sie die Datei noch einmal von dort, wo sie herkommt, oder reparieren Sie sie mit dem Programm, das sie geschrieben hat.',
  'Copy the film again from where it came from, or repair it with the tool that made it.':
    'Kopieren Sie den Film noch einmal von dort, wo er herkommt, oder reparieren Sie ihn mit dem Programm, das ihn geschrieben hat.',
  '“{0}” is not a film that can be read.': '„{0}“ ist kein Film, der sich lesen lässt.',
  'The program ffmpeg got no further with “{0}” and was ended.':
    'Das Programm ffmpeg kam mit „{0}“ nicht weiter und wurde beendet.',
  'The program ffmpeg took more memory for “{0}” than a film needs, and was ended.':
    'Das Programm ffmpeg belegte für „{0}“ mehr Arbeitsspeicher, als ein Film braucht, und wurde beendet.',
  'The film may be damaged. Copy it again from where it came from, or have the tool that made it write a smaller one.':
    'Der Film ist vielleicht beschädigt. Kopieren Sie ihn neu von dort, woher er kam, oder lassen Sie das Programm, das ihn geschrieben hat, einen kleineren schreiben.',
  'Copy the film to a disk of this computer and try again. If that does not help, copy it again from where it came from.':
    'Kopieren Sie den Film auf eine Platte dieses Rechners und versuchen Sie es noch einmal. Hilft das nicht, kopieren Sie ihn neu von dort, woher er kam.',
  'has pictures of more than {0} million pixels, which are too large.':
    'hat Bilder von mehr als {0} Millionen Bildpunkten; das ist zu groß.',
  'Make a smaller copy with the tool that made it.':
    'Machen Sie mit dem Programm, aus dem es kommt, eine kleinere Fassung.',
  '“{0}” holds text, not a film.': '„{0}“ enthält Text, keinen Film.',
  'Open a film file such as mp4, mov, mkv, avi or mxf.': 'Öffnen Sie eine Filmdatei wie mp4, mov, mkv, avi oder mxf.',
  '“{0}” holds {1}.': '„{0}“ enthält {1}.',
  'only sound': 'nur Ton',
  'no pictures': 'keine Bilder',
  'Open a file that holds pictures.': 'Öffnen Sie eine Datei, die Bilder enthält.',
  'The pictures of “{0}” are in a form that this ffmpeg can not decode.':
    'Die Bilder von „{0}“ liegen in einer Form vor, die dieses ffmpeg nicht lesen kann.',
  'Convert the film with the tool that made it, for example to ProRes or FFV1.':
    'Wandeln Sie den Film mit dem Programm um, das ihn geschrieben hat, etwa in ProRes oder FFV1.',
  'The pictures of “{0}” can not be decoded.': 'Die Bilder von „{0}“ lassen sich nicht lesen.',
  '“{0}” could not be read to its end: its disk may have been disconnected.':
    '„{0}“ ließ sich nicht bis zum Ende lesen: Vielleicht ist das Laufwerk nicht mehr angeschlossen.',
  '“{0}” holds {1} pictures, of which only the first is opened. Save them as files with numbers to open all of them as a film.':
    '„{0}“ enthält {1} Bilder, von denen nur das erste geöffnet wird. Speichern Sie sie als Dateien mit Nummern, um alle als Film zu öffnen.',
  '“{0}” is no longer where it was.': '„{0}“ ist nicht mehr dort, wo der Film war.',
  'A picture of “{0}” is no longer where it was.': 'Ein Bild von „{0}“ ist nicht mehr dort, wo es war.',
  'It was moved, renamed or deleted, or its disk is away. Bring it back, or say where it lies now.':
    'Die Datei wurde verschoben, umbenannt oder gelöscht, oder ihr Laufwerk fehlt. Bringen Sie sie zurück, oder sagen Sie, wo sie jetzt liegt.',
  '“{0}” could not be read to its end: the decoder was ended from outside.':
    '„{0}“ ließ sich nicht bis zum Ende lesen: Der Decoder wurde von außen beendet.',
  'Try again. If the computer is short of memory, close other programs first.':
    'Versuchen Sie es noch einmal. Wenn dem Rechner der Speicher knapp wird, schließen Sie vorher andere Programme.',
  '“{0}” was changed while it was open.': '„{0}“ wurde geändert, während der Film geöffnet war.',
  'Wait until nothing writes to the film any more, then open it again.':
    'Warten Sie, bis nichts mehr in den Film schreibt, und öffnen Sie ihn dann noch einmal.',
  '“{0}” can not be read as it was when it was opened.': '„{0}“ lässt sich nicht mehr so lesen wie beim Öffnen.',
  'Check that its disk is connected and that the film is whole, then open it again.':
    'Prüfen Sie, ob das Laufwerk angeschlossen und der Film vollständig ist, und öffnen Sie ihn dann noch einmal.',
  'Check that the film is still where it was and that its disk is connected, then try again.':
    'Sehen Sie nach, ob der Film noch an seinem Ort liegt und sein Laufwerk angeschlossen ist, und versuchen Sie es noch einmal.',
  'You may not read the picture {0}.': 'Sie dürfen das Bild {0} nicht lesen.',
  '{0} is a folder, not a picture.': '{0} ist ein Ordner, kein Bild.',
  'Choose a picture file.': 'Wählen Sie eine Bilddatei.',
  'The picture {0} was not found.': 'Das Bild {0} wurde nicht gefunden.',
  'Check whether it was moved or renamed, and choose it again.':
    'Sehen Sie nach, ob es verschoben oder umbenannt wurde, und wählen Sie es noch einmal.',
  'The picture {0} is empty: it holds zero bytes.': 'Das Bild {0} ist leer: Die Datei hat null Bytes.',
  'Save it again.': 'Speichern Sie es noch einmal.',
  '“{0}” does not look like a picture.': '„{0}“ sieht nicht nach einem Bild aus.',
  'Choose a PNG, JPEG or TIFF file.': 'Wählen Sie eine PNG-, JPEG- oder TIFF-Datei.',
  '“{0}” is empty.': '„{0}“ ist leer.',
  'Choose another picture.': 'Wählen Sie ein anderes Bild.',

  // What is to be known about a film
  '“{0}” is missing, so only the {1} pictures from “{2}” on are opened.':
    '„{0}“ fehlt, darum sind nur die {1} Bilder ab „{2}“ geöffnet.',
  'The pictures do not say their frame rate; {0} frames per second are assumed.':
    'Die Bilder sagen nichts über ihre Bildrate; angenommen sind {0} Bilder in der Sekunde.',
  '“{0}” and “{1}” are missing, so only the {2} pictures from “{3}” on are opened.':
    '„{0}“ und „{1}“ fehlen, darum sind nur die {2} Bilder ab „{3}“ geöffnet.',
  '“{0}” and “{1}” are missing, so only the picture “{2}” is opened.':
    '„{0}“ und „{1}“ fehlen, darum ist nur das Bild „{2}“ geöffnet.',
  '“{0}” is missing, so only the picture “{1}” is opened.': '„{0}“ fehlt, darum ist nur das Bild „{1}“ geöffnet.',
  'Frame {0} can not be decoded; the frame before is shown in its place.':
    'Bild {0} lässt sich nicht lesen; an seiner Stelle steht das Bild davor.',
  'Frames {0} can not be decoded; the frame before is shown in their place.':
    'Die Bilder {0} lassen sich nicht lesen; an ihrer Stelle steht jeweils das Bild davor.',
  '{0} and {1}': '{0} und {1}',
  '{0} s': '{0} s',
  '{0} min {1} s': '{0} min {1} s',
  'Frame 0 can not be decoded; the frame after is shown in its place.':
    'Bild 0 lässt sich nicht lesen; an seiner Stelle steht das Bild danach.',
  'Frames {0} can not be decoded; the frame after is shown in their place.':
    'Die Bilder {0} lassen sich nicht lesen; an ihrer Stelle steht das Bild danach.',
  'Frame {0} is damaged: a part of its picture is lost or wrong.':
    'Bild {0} ist beschädigt: Ein Teil des Bildes fehlt oder ist falsch.',
  'Frames {0} are damaged: parts of their pictures are lost or wrong.':
    'Die Bilder {0} sind beschädigt: Teile davon fehlen oder sind falsch.',
  'The file is damaged: {0} of its pictures can not be found. Copy it again.': {
    by: 0,
    one: 'Die Datei ist beschädigt: {0} Bild ist nicht zu finden. Kopieren Sie sie noch einmal.',
    other: 'Die Datei ist beschädigt: {0} Bilder sind nicht zu finden. Kopieren Sie sie noch einmal.',
  },
  'The film is cut off: its last pictures are incomplete and are left out.':
    'Der Film ist abgeschnitten: Seine letzten Bilder sind unvollständig und entfallen.',
  'The film is shorter than its container says; it may be cut off.':
    'Der Film ist kürzer, als die Datei angibt; vielleicht ist er abgeschnitten.',
  'The end of the file is missing: the film is cut off, or is still being written.':
    'Das Ende der Datei fehlt: Der Film ist abgeschnitten, oder er wird noch geschrieben.',
  'The frame rate varies; every frame keeps its own time in exports.':
    'Die Bildrate schwankt; jedes Bild behält beim Export seine Zeit.',
  'Some pictures of the film are interlaced, most are not. All are taken for progressive.':
    'Manche Bilder des Films bestehen aus Halbbildern, die meisten nicht. Alle gelten als Vollbilder.',
  'Most pictures of the film are interlaced, some are not. All are taken for interlaced.':
    'Die meisten Bilder des Films bestehen aus Halbbildern, manche nicht. Alle gelten als Halbbilder.',
  'From frame {0} on, pictures say that their bottom field comes first, not the top one as before. All are taken as the first ones are. If motion judders there, cut the recordings apart and open each by itself.':
    'Ab Bild {0} sagen die Bilder, dass ihr unteres Halbbild zuerst kommt, nicht das obere wie zuvor. Alle gelten als das, was die ersten sind. Wenn Bewegungen dort ruckeln, schneide die Aufnahmen auseinander und öffne jede für sich.',
  'From frame {0} on, pictures say that their top field comes first, not the bottom one as before. All are taken as the first ones are. If motion judders there, cut the recordings apart and open each by itself.':
    'Ab Bild {0} sagen die Bilder, dass ihr oberes Halbbild zuerst kommt, nicht das untere wie zuvor. Alle gelten als das, was die ersten sind. Wenn Bewegungen dort ruckeln, schneide die Aufnahmen auseinander und öffne jede für sich.',
  'The film is interlaced; it is colored as stored, without deinterlacing.':
    'Der Film besteht aus Halbbildern; er wird gefärbt, wie er gespeichert ist, ohne sie zusammenzuführen.',
  'The film has transparency, which is not kept.': 'Der Film hat Transparenz; sie bleibt nicht erhalten.',
  full: 'voll',
  limited: 'begrenzt',
  'Within the film, pictures are called of another tonal range ({0}) than the first ones ({1}). All are taken for what the first ones are, and keep their samples.':
    'Im Film heißen Bilder von anderem Tonwertumfang ({0}) als die ersten ({1}). Alle gelten als das, was die ersten sind, und behalten ihre Werte.',
  'From frame {0} on, pictures are called of another tonal range ({1}) than the first ones ({2}). All are taken for what the first ones are, and keep their samples.':
    'Ab Bild {0} heißen die Bilder von anderem Tonwertumfang ({1}) als die ersten ({2}). Alle gelten als das, was die ersten sind, und behalten ihre Werte.',
  'The film does not say its tonal range; full range is assumed, as is usual for gray pictures.':
    'Der Film nennt seinen Tonwertumfang nicht; angenommen ist der volle, wie bei grauen Bildern üblich.',
  'The pictures are stored as RGB; they are worked on as full-range BT.709.':
    'Die Bilder sind als RGB gespeichert; bearbeitet werden sie als BT.709 mit vollem Umfang.',
  'The film of “{0}” is not where it was.': 'Der Film zu „{0}“ liegt nicht mehr an seinem Ort.',
  'Say where it is now.': 'Sagen Sie, wo er jetzt liegt.',
  'Some colors of “{0}” had to make way for later ones: the color cache is too small for this film.':
    'Einige Farben von „{0}“ mussten späteren weichen: Der Farbspeicher ist zu klein für diesen Film.',
  'Let it be larger in the settings, and colorize the film again.':
    'Lassen Sie ihn in den Einstellungen größer werden, und färben Sie den Film noch einmal.',
  'This film is not open at the moment.': 'Dieser Film ist gerade nicht geöffnet.',
  'It is opened again by itself as soon as its file can be read.':
    'Er wird von selbst wieder geöffnet, sobald seine Datei gelesen werden kann.',
  'This film has {0} frames; frame {1} is not among them.': {
    by: 0,
    one: 'Dieser Film hat {0} Bild; Bild {1} gehört nicht dazu.',
    other: 'Dieser Film hat {0} Bilder; Bild {1} gehört nicht dazu.',
  },
  'Choose a frame of the film.': 'Wählen Sie ein Bild des Films.',
  'Choose a frame of the film; the first one is frame 0.': 'Wählen Sie ein Bild des Films; das erste ist Bild 0.',
  'The film has frames 0 to {0}.': 'Der Film hat die Bilder 0 bis {0}.',
  'Choose a part that lies within the film.': 'Wählen Sie einen Teil, der im Film liegt.',
  'Choose one of them.': 'Wählen Sie eines davon.',

  'Frames {0} are in color already. They are colored anew, unless their shots are told to keep their own colors.':
    'Die Bilder {0} sind schon farbig. Sie werden neu gefärbt, außer wenn ihre Einstellungen die eigenen Farben behalten sollen.',
  'Frames {0} are tinted. The tint is taken for none of the picture’s colors; they are colored like gray ones.':
    'Die Bilder {0} sind getönt. Die Tönung gilt nicht als Farbe des Bildes; sie werden gefärbt wie graue.',
  '{0} more': '{0} weitere',
  '{0}, {1}': '{0}, {1}',

  // Coloring
  'The coloring of the pin at frame {0} could not be read.':
    'Die angeheftete Färbung von Bild {0} ließ sich nicht lesen.',
  'Pin the frame again, or remove its pin; then color the frames beside it.':
    'Heften Sie das Bild noch einmal an oder lösen Sie es; färben Sie dann die Bilder daneben.',
  'A reference picture of this frame is missing from the project.': 'Eine Vorlage dieses Bildes fehlt im Projekt.',
  'Bring the picture in again, or remove the reference from the frame.':
    'Holen Sie die Vorlage noch einmal herein oder nehmen Sie sie von diesem Bild.',
  'There is no room left for the colors that were computed.': 'Für die berechneten Farben ist kein Platz mehr.',
  'Free some space on the disk that holds the color cache, then start again.':
    'Schaffen Sie Platz auf dem Laufwerk mit dem Farbspeicher und beginnen Sie noch einmal.',
  'The part of the program that computes colors stopped.':
    'Der Teil des Programms, der die Farben berechnet, ist stehen geblieben.',
  'The part of the program that computes colors has stopped {0} times within a minute.':
    'Der Teil des Programms, der die Farben berechnet, ist innerhalb einer Minute {0}-mal stehen geblieben.',
  'Your edits and all finished colors are kept. It is started again with the next thing that you do; if it goes on stopping, take back your last edit, or restart the computer.':
    'Ihre Schritte und alle fertigen Farben bleiben erhalten. Er startet wieder, sobald Sie weiterarbeiten; bleibt er dann wieder stehen, ' +
    'nehmen Sie Ihren letzten Schritt zurück oder starten Sie den Rechner neu.',
  'Finished colors are kept. Try the last step again; if it stops again, restart the program.':
    'Fertige Farben bleiben erhalten. Versuchen Sie den letzten Schritt noch einmal; geschieht es wieder, starten Sie das Programm neu.',
  'The sample film could not be written.': 'Der Beispielfilm konnte nicht geschrieben werden.',
  'Free some space on the disk, or open a film of your own.':
    'Schaffen Sie Platz auf dem Laufwerk oder öffnen Sie einen eigenen Film.',

  'Coloring waits for the shots to be found.': 'Das Färben wartet darauf, dass die Schnitte gefunden sind.',
  'Start it again when you are ready.': 'Beginnen Sie noch einmal, wenn Sie so weit sind.',
  'The colors of one locked frame were no longer there; the color model has colored it anew. Look whether it fits.':
    'Die Farben eines gesperrten Bildes waren nicht mehr da; das Farbmodell hat es neu gefärbt. Sehen Sie nach, ob es passt.',
  'The colors of {0} locked frames were no longer there; the color model has colored them anew. Look whether they fit.':
    'Die Farben von {0} gesperrten Bildern waren nicht mehr da; das Farbmodell hat sie neu gefärbt. Sehen Sie nach, ob sie passen.',
  'What a locked region keeps was no longer there on one frame; there it shows the colors of the rest.':
    'Auf einem Bild war nicht mehr da, was ein gesperrter Bereich behält; dort stehen die Farben der Umgebung.',
  'What a locked region keeps was no longer there on {0} frames; there it shows the colors of the rest.':
    'Auf {0} Bildern war nicht mehr da, was ein gesperrter Bereich behält; dort stehen die Farben der Umgebung.',

  // Export
  'The disk is full; the export was stopped. What is finished of it is kept beside its target.':
    'Das Laufwerk ist voll; der Export wurde beendet. Was davon fertig ist, bleibt neben seinem Ziel.',
  'Make room on the disk that holds “{0}”, and order the same export again: it goes on from there.':
    'Schaffen Sie Platz auf dem Laufwerk mit „{0}“ und geben Sie denselben Export noch einmal in Auftrag: Er geht von dort weiter.',
  'All frames of “{0}” were there from an export that was ended before its time.':
    'Alle Bilder von „{0}“ waren von einem Export da, der vorzeitig beendet wurde.',
  'An export of “{0}” was ended before its time; this one went on from frame {1}.':
    'Ein Export von „{0}“ wurde vorzeitig beendet; dieser ging ab Bild {1} weiter.',
  'The export needs about {0} of room while it is written, and the disk has {1}.':
    'Der Export braucht etwa {0} Platz, während er geschrieben wird, und das Laufwerk hat {1}.',
  'Make room on the disk that holds “{0}”, or choose another one.':
    'Schaffen Sie Platz auf dem Laufwerk mit „{0}“ oder wählen Sie ein anderes.',
  '{0} GB': '{0} GB',
  '{0} MB': '{0} MB',
  'The folder for temporary files, “{0}”, is full.': 'Der Ordner für vorübergehende Dateien, „{0}“, ist voll.',
  'Make room on its disk, or have the variable {0} name another folder, and start again.':
    'Schaffen Sie Platz auf seinem Laufwerk oder lassen Sie die Variable {0} einen anderen Ordner nennen, und starten Sie noch einmal.',
  'The folder for temporary files, “{0}”, is not there.':
    'Den Ordner für vorübergehende Dateien, „{0}“, gibt es nicht.',
  'Create it, or have the variable {0} name another folder, and start again.':
    'Legen Sie ihn an oder lassen Sie die Variable {0} einen anderen Ordner nennen, und starten Sie noch einmal.',
  'Nothing can be written in the folder for temporary files, “{0}”.':
    'In den Ordner für vorübergehende Dateien, „{0}“, kann nichts geschrieben werden.',
  'Change its permissions, or have the variable {0} name another folder, and start again.':
    'Ändern Sie seine Rechte oder lassen Sie die Variable {0} einen anderen Ordner nennen, und starten Sie noch einmal.',
  '“{0}” could not be read for its checksum; there is none beside it.':
    '„{0}“ konnte für die Prüfsumme nicht gelesen werden; es liegt keine daneben.',
  '“{0}” was the report of the film that was replaced; it is removed.':
    '„{0}“ war der Bericht über den ersetzten Film; er ist entfernt.',
  '“{0}” is the report of the film that was replaced, and could not be removed. {1}':
    '„{0}“ ist der Bericht über den ersetzten Film und konnte nicht entfernt werden. {1}',
  '“{0}” was the report of an earlier film of that name; it is removed.':
    '„{0}“ war der Bericht über einen früheren Film dieses Namens; er ist entfernt.',
  '“{0}” is the report of an earlier film of that name, and could not be removed. {1}':
    '„{0}“ ist der Bericht über einen früheren Film dieses Namens und konnte nicht entfernt werden. {1}',
  'The timecode of {0} files counts no more than {1} frames a second; these pictures have none.':
    'Der Timecode von {0}-Dateien zählt höchstens {1} Bilder in der Sekunde; diese Bilder haben keinen.',
  'The disk is full; the export was stopped and its unfinished file removed.':
    'Das Laufwerk ist voll; der Export wurde beendet und seine unfertige Datei entfernt.',
  'Make room on the disk that holds “{0}”, or choose another one, and export again.':
    'Schaffen Sie Platz auf dem Laufwerk mit „{0}“ oder wählen Sie ein anderes, und exportieren Sie noch einmal.',
  'You may not write in the folder “{0}”.': 'Sie dürfen in den Ordner „{0}“ nicht schreiben.',
  'Choose another folder, or change its permissions.': 'Wählen Sie einen anderen Ordner oder ändern Sie seine Rechte.',
  '“{0}” is already there.': '„{0}“ gibt es schon.',
  'Choose another name, or take that file away first.':
    'Wählen Sie einen anderen Namen oder nehmen Sie die Datei vorher dort weg.',
  'The folder “{0}” is not there.': 'Den Ordner „{0}“ gibt es nicht.',
  'Create it, connect its disk, or choose another folder.':
    'Legen Sie ihn an, schließen Sie sein Laufwerk an oder wählen Sie einen anderen Ordner.',
  '“{0}” is a folder that is already there.': '„{0}“ ist ein Ordner, den es schon gibt.',
  'Choose another name for the export.': 'Wählen Sie für den Export einen anderen Namen.',
  '{0} needs {1}; its pictures would be {2} × {3}.': '{0} braucht {1}; die Bilder hätten {2} × {3}.',
  'an even width and height': 'eine gerade Breite und Höhe',
  'an even width': 'eine gerade Breite',
  'at least {0} × {1} pixels': 'mindestens {0} × {1} Bildpunkte',
  '{0} files can not hold {1} sound; it is converted to PCM.':
    '{0}-Dateien können Ton in {1} nicht enthalten; er wird in PCM umgewandelt.',
  '{0} files can not hold {1} sound; it is converted to AAC.':
    '{0}-Dateien können Ton in {1} nicht enthalten; er wird in AAC umgewandelt.',
  '{0} files can not hold the {1} channels of the {2} sound; they are mixed down to stereo.':
    '{0}-Dateien können die {1} Kanäle des Tons in {2} nicht enthalten; sie werden auf Stereo gemischt.',
  '{0} files can not hold how {1} subtitles look; their text is kept.':
    '{0}-Dateien können das Aussehen von Untertiteln in {1} nicht enthalten; ihr Text bleibt.',
  '{0} is missing from the export.': '{0} fehlt im Export.',
  '{0} stands {1} s off the pictures in the export.': '{0} liegt im Export {1} s neben den Bildern.',
  '{0} has {1} of its {2} packets in the export.': '{0} hat im Export {1} von {2} Paketen.',
  'The times of the export’s pictures do not rise; players may skip some.':
    'Die Zeiten der Bilder des Exports steigen nicht; Abspieler könnten einige überspringen.',
  'The export’s first picture is at {0} s instead of {1} s.':
    'Das erste Bild des Exports liegt bei {0} s statt bei {1} s.',
  'The export ends at {0} s instead of {1} s.': 'Der Export endet bei {0} s statt bei {1} s.',
  'This ffmpeg did not mark the export’s pictures as interlaced in the film’s order.':
    'Dieses ffmpeg hat die Halbbilder im Export nicht so gekennzeichnet, wie sie im Film liegen.',
  'The export’s pixels have the shape {0} instead of {1}.': 'Die Pixel des Exports haben das Verhältnis {0} statt {1}.',
  'This ffmpeg did not write all color tags into the export.':
    'Dieses ffmpeg hat nicht alle Farbangaben in den Export geschrieben.',
  'This ffmpeg could not write the timecode {0} into the export.':
    'Dieses ffmpeg konnte den Timecode {0} nicht in den Export schreiben.',
  'Not all subtitles have reached the export.': 'Nicht alle Untertitel sind im Export angekommen.',
  'Not all covers have reached the export.': 'Nicht alle Titelbilder sind im Export angekommen.',
  '{0} is damaged: where it can not be decoded, nothing of it is in the export.':
    '{0} ist beschädigt: Wo nicht zu dekodieren ist, fehlt sie im Export.',
  '{0} is damaged; it can not be copied to its end.': '{0} ist beschädigt und lässt sich nicht bis zum Ende kopieren.',
  '{0} is {1} s shorter in the export than in the film.': '{0} ist im Export {1} s kürzer als im Film.',
  'The export is finished, but could not be compared with the film: {0}':
    'Der Export ist fertig, konnte aber nicht mit dem Film verglichen werden: {0}',
  'The export is finished, but could not be read back.':
    'Der Export ist fertig, konnte aber nicht zurückgelesen werden.',
  '{0} {1}': '{0} {1}',
  'The export lacks pictures that were written: ffmpeg has lost some.':
    'Dem Export fehlen Bilder, die geschrieben wurden: ffmpeg hat welche verloren.',
  'Its pictures are all there: it is kept as “{0}”, in case it will do. Otherwise choose another format.':
    'Die Bilder sind alle da: Er bleibt als „{0}“ erhalten, falls er genügt. Sonst wählen Sie ein anderes Format.',
  'What there is of it is kept as “{0}”. Try again, or choose another format. The footage is unharmed.':
    'Was da ist, bleibt als „{0}“ erhalten. Versuchen Sie es noch einmal, oder wählen Sie ein anderes Format. Das Material ist unversehrt.',
  'This ffmpeg did not mark the export’s range of luma as it is; players may show it with too much or too little contrast.':
    'Dieses ffmpeg hat den Umfang der Helligkeiten im Export nicht so vermerkt, wie er ist; Abspieler könnten ihn mit zu viel oder ' +
    'zu wenig Kontrast zeigen.',
  'Sound track {0} ({1})': 'Tonspur {0} ({1})',
  'Subtitle track {0} ({1})': 'Untertitelspur {0} ({1})',
  'Cover picture {0} ({1})': 'Titelbild {0} ({1})',
  'Data track {0} ({1})': 'Datenspur {0} ({1})',
  'Attachment {0} ({1})': 'Anhang {0} ({1})',
  '{0} is encrypted; it is left out.': '{0} ist verschlüsselt und entfällt.',
  '{0} belongs to another program of the file; it is left out.':
    '{0} gehört zu einem anderen Programm der Datei und entfällt.',
  '{0} can not be read by this ffmpeg; it is left out.': '{0} kann dieses ffmpeg nicht lesen; das entfällt.',
  '{0} is empty; it is left out.': '{0} ist leer und entfällt.',
  '{0} can not be taken over into {1} files; it is left out.':
    '{0} lässt sich nicht in {1}-Dateien übernehmen und entfällt.',
  'The file holds other pictures beside the film ({0}); they are left out.':
    'Die Datei enthält neben dem Film noch andere Bilder ({0}); sie entfallen.',
  'The closed captions within the pictures can not be taken over; they are left out.':
    'Die Untertitel, die in den Bildern stecken (Closed Captions), lassen sich nicht übernehmen; sie entfallen.',
  'Which pictures the closed captions belong to could not be found out; they are left out.':
    'Zu welchen Bildern die Closed Captions gehören, ließ sich nicht herausfinden; sie entfallen.',
  'The closed captions within the pictures are a track of their own in the export (CEA-608).':
    'Die Untertitel, die in den Bildern stecken (Closed Captions), sind im Export eine eigene Spur (CEA-608).',
  'What closed captions say in CEA-708 or in the second field is not in it.':
    'Was Closed Captions in CEA-708 oder im zweiten Halbbild sagen, ist nicht darin.',
  'The closed captions within the pictures are a track of subtitles in the export; their text is kept.':
    'Die Untertitel, die in den Bildern stecken (Closed Captions), sind im Export eine Untertitelspur; ihr Text bleibt erhalten.',
  'The closed captions within the pictures have no form (CEA-608, first field) that {0} files can hold; they are left out.':
    'Die Untertitel, die in den Bildern stecken (Closed Captions), haben keine Form (CEA-608, erstes Halbbild), die {0}-Dateien aufnehmen; sie entfallen.',
  'The closed captions of the export are not those of the film.':
    'Die Closed Captions des Exports sind nicht die des Films.',
  'No text could be made of the closed captions.': 'Aus den Closed Captions ließ sich kein Text machen.',
  'Closed captions are the film’s.': 'Die Closed Captions sind die des Films.',
  'The film’s timecode “{0}” does not exist at its frame rate; the export has none.':
    'Den Timecode „{0}“ des Films gibt es bei seiner Bildrate nicht; der Export hat keinen.',
  'The frame rate varies, so what the timecode is at the start of this part is not known; the export has none.':
    'Die Bildrate schwankt, daher ist der Timecode am Anfang dieses Teils nicht bekannt; der Export hat keinen.',
  'The film’s timecode “{0}” counts as drop-frame, which its frame rate does not have; the export’s starts at “{1}”.':
    'Der Timecode „{0}“ des Films zählt als Drop-Frame, das es bei seiner Bildrate nicht gibt; der Export beginnt bei „{1}“.',
  'Check that the disk is still connected, and try again. The footage is unharmed.':
    'Sehen Sie nach, ob das Laufwerk noch angeschlossen ist, und versuchen Sie es noch einmal. Das Material ist unversehrt.',
  'Try again, or choose another format; the details name the cause. The footage is unharmed.':
    'Versuchen Sie es noch einmal, oder wählen Sie ein anderes Format; die Einzelheiten nennen die Ursache. Das Material ist unversehrt.',
  'Pictures carry no sound; the film’s sound is not in this export.':
    'Einzelbilder haben keinen Ton; der Ton des Films ist in diesem Export nicht enthalten.',
  'The film is stored turned, and this ffmpeg can not note that in Matroska files; turn the picture when showing it.':
    'Der Film ist gedreht gespeichert, und dieses ffmpeg kann das in Matroska-Dateien nicht vermerken; drehen Sie das Bild beim Zeigen.',
  'The film could not be written: ffmpeg stopped.':
    'Der Film konnte nicht geschrieben werden: ffmpeg ist stehen geblieben.',
  'The picture could not be written: ffmpeg stopped.':
    'Das Bild konnte nicht geschrieben werden: ffmpeg ist stehen geblieben.',
  'Try again, or choose another place. The footage is unharmed.':
    'Versuchen Sie es noch einmal oder wählen Sie einen anderen Ort. Ihr Film ist unversehrt.',

  'Choose a name without an ending; the pictures are put in a folder of that name.':
    'Wählen Sie einen Namen ohne Endung; die Bilder kommen in einen Ordner dieses Namens.',
  'Choose a name that ends in {0}.': 'Wählen Sie einen Namen, der auf {0} endet.',
  '“{0}” is the name of another kind of file than {1}.': '„{0}“ ist der Name einer anderen Art von Datei als {1}.',
  'Nothing could be written in the folder “{0}”.': 'In den Ordner „{0}“ ließ sich nichts schreiben.',
  'Check that its disk is still connected, or choose another folder.':
    'Sehen Sie nach, ob sein Laufwerk noch angeschlossen ist, oder wählen Sie einen anderen Ordner.',
  '“{0}” belongs to the films and pictures that the project is made of.':
    '„{0}“ gehört zu den Filmen und Bildern, aus denen das Projekt besteht.',
  'Choose another name or folder; originals are never written over.':
    'Wählen Sie einen anderen Namen oder Ordner; Originale werden nie überschrieben.',
  'The export is finished, but “{0}” could not be had as its name.':
    'Der Export ist fertig, aber „{0}“ war als Name nicht zu haben.',
  'It is kept as “{0}” in the folder “{1}”; give it a name when the disk can be written again.':
    'Er liegt als „{0}“ im Ordner „{1}“; geben Sie ihm einen Namen, sobald das Laufwerk wieder beschreibbar ist.',
  '“{0}” could not be had as a name when the export was finished; it is kept as “{1}”.':
    '„{0}“ war als Name nicht mehr zu haben, als der Export fertig war; er liegt als „{1}“ bereit.',

  '{0} has no interlaced form; both fields are written as the lines of one whole frame.':
    '{0} kennt keine Halbbilder; beide werden als Zeilen eines ganzen Bildes geschrieben.',

  // Editing
  'This clip is no longer in the project.': 'Dieser Film ist nicht mehr im Projekt.',
  'Undo its removal, or choose another clip.':
    'Machen Sie das Entfernen rückgängig oder wählen Sie einen anderen Film.',
  'Choose another one.': 'Wählen Sie einen anderen.',
  'This clip is in the project already.': 'Dieser Film ist schon im Projekt.',
  'Choose another film.': 'Wählen Sie einen anderen Film.',
  'There is no such place in the list of clips.': 'Diese Stelle gibt es in der Liste der Filme nicht.',
  'Drop the clip on or between others.': 'Legen Sie den Film auf oder zwischen anderen ab.',
  '“{0}” has no frame {1}.': '„{0}“ hat kein Bild {1}.',
  'Choose a frame from 0 to {0}.': 'Wählen Sie ein Bild von 0 bis {0}.',
  'The range holds no frame.': 'Der Bereich enthält kein Bild.',
  'Set its end after its beginning.': 'Setzen Sie sein Ende hinter seinen Anfang.',
  'Nothing was changed on frame {0} yet.': 'An Bild {0} ist noch nichts geändert.',
  'Choose a frame that carries edits.': 'Wählen Sie ein bearbeitetes Bild.',
  'Frame {0} is not pinned.': 'Bild {0} ist nicht angeheftet.',
  'Choose a pinned frame.': 'Wählen Sie ein angeheftetes Bild.',
  'This shot is no longer there.': 'Diese Einstellung gibt es nicht mehr.',
  'This edit is no longer there.': 'Diese Bearbeitung gibt es nicht mehr.',
  'This lock is no longer there.': 'Diese Sperre gibt es nicht mehr.',
  'It may have been removed just before; undo brings it back.':
    'Vielleicht wurde es eben entfernt; „Rückgängig“ holt es zurück.',
  'There is no cut at frame {0}.': 'An Bild {0} ist kein Schnitt.',
  'Choose the first frame of a shot.': 'Wählen Sie das erste Bild einer Einstellung.',
  'A shot begins at frame {0} already.': 'An Bild {0} beginnt schon eine Einstellung.',
  'Choose a frame inside a shot.': 'Wählen Sie ein Bild innerhalb einer Einstellung.',
  'A cut can not be moved past the next one.': 'Ein Schnitt lässt sich nicht über den nächsten hinaus verschieben.',
  'Move it to a frame from {0} to {1}, or join the shots.':
    'Verschieben Sie ihn auf ein Bild von {0} bis {1} oder verbinden Sie die Einstellungen.',
  'This named color is no longer in the project.': 'Diese benannte Farbe ist nicht mehr im Projekt.',
  'Choose another color, or undo its removal.':
    'Wählen Sie eine andere Farbe oder machen Sie das Entfernen rückgängig.',
  'This edit is on the frame already.': 'Diese Bearbeitung ist schon auf dem Bild.',
  'Change it instead of adding it again.': 'Ändern Sie sie, statt sie noch einmal hinzuzufügen.',
  'There is no such place in the list of edits.': 'Diese Stelle gibt es in der Liste der Bearbeitungen nicht.',
  'Drop the edit on or between others.': 'Legen Sie die Bearbeitung auf oder zwischen anderen ab.',
  'Frame {0} has no edits to copy.': 'Auf Bild {0} ist nichts, was sich kopieren ließe.',
  'Frame {0} is pinned and needs a coloring of its own.': 'Bild {0} ist angeheftet und braucht eine eigene Färbung.',
  'Unpin the frame first.': 'Lösen Sie das Bild zuerst.',
  'This color is in the project already.': 'Diese Farbe ist schon im Projekt.',
  'Change it instead.': 'Ändern Sie sie stattdessen.',
  'Frame {0} has no coloring yet that could be pinned.': 'Bild {0} hat noch keine Färbung, die sich anheften ließe.',
  'Colorize it, or give it a colored picture, and pin it then.':
    'Färben Sie es oder geben Sie ihm ein farbiges Bild, und heften Sie es dann an.',
  'Frame {0} is pinned already.': 'Bild {0} ist schon angeheftet.',
  'Choose another frame, or unpin that one first.': 'Wählen Sie ein anderes Bild oder lösen Sie dieses zuerst.',
  'Frame {0} has a coloring of its own.': 'Bild {0} hat eine eigene Färbung.',
  'Choose another frame, or clear that one first.': 'Wählen Sie ein anderes Bild oder leeren Sie dieses zuerst.',
  'The colors of the pin at frame {0} have not been carried to frame {1} yet.':
    'Die Farben des angehefteten Bilds {0} sind noch nicht bis zu Bild {1} weitergetragen.',
  'Propagate them first, then move the pin; or move it by no more than {0} frames at a time.':
    'Tragen Sie sie erst weiter und verschieben Sie dann; oder verschieben Sie um höchstens {0} Bilder auf einmal.',
  'A pin needs a coloring of its own.': 'Ein angeheftetes Bild braucht eine eigene Färbung.',
  'Colorize the frame first.': 'Färben Sie das Bild zuerst.',
  'These frames are locked already.': 'Diese Bilder sind schon gesperrt.',
  'Change the lock that is there.': 'Ändern Sie die vorhandene Sperre.',
  'Frame {0} has no colors yet that could be locked.': 'Bild {0} hat noch keine Farben, die sich sperren ließen.',
  '{0} of these frames have no colors yet that could be locked, the first of them frame {1}.':
    '{0} dieser Bilder haben noch keine Farben, die sich sperren ließen, das erste davon ist Bild {1}.',
  'Colorize them first, then lock them.': 'Färben Sie sie zuerst und sperren Sie sie dann.',
  'The locked colors of one frame are gone: an earlier version kept them in the color cache only.':
    'Die gesperrten Farben eines Bildes sind verloren: Eine frühere Fassung bewahrte sie nur im Farbspeicher auf.',
  'The locked colors of {0} frames are gone: an earlier version kept them in the color cache only.':
    'Die gesperrten Farben von {0} Bildern sind verloren: Eine frühere Fassung bewahrte sie nur im Farbspeicher auf.',
  'Unlock these frames, color them as you want them, and lock them again.':
    'Geben Sie diese Bilder frei, färben Sie sie wie gewünscht und sperren Sie sie wieder.',
  'The coloring of frame {0} has just left the color cache.':
    'Die Färbung von Bild {0} ist gerade aus dem Farbspeicher gefallen.',
  'Colorize the frames again, then lock them.': 'Färben Sie die Bilder noch einmal und sperren Sie sie dann.',
  'The disk that holds the color cache is full, so further colors can not be kept.':
    'Das Laufwerk mit dem Farbspeicher ist voll, weitere Farben lassen sich nicht behalten.',
  'Make room on the disk that holds “{0}”, then colorize again: it goes on from the frames that are done.':
    'Schaffen Sie Platz auf dem Laufwerk mit „{0}“ und färben Sie noch einmal: Fertige Bilder bleiben, es geht dahinter weiter.',
  'The color cache can not be written to, so further colors can not be kept.':
    'In den Farbspeicher lässt sich nicht schreiben, weitere Farben lassen sich nicht behalten.',
  'Check that you may write in the folder “{0}” and that its disk is connected, then colorize again.':
    'Prüfen Sie, ob Sie im Ordner „{0}“ schreiben dürfen und sein Laufwerk angeschlossen ist, und färben Sie noch einmal.',
  'The disk is full, so these frames were not locked.':
    'Das Laufwerk ist voll, deshalb wurden diese Bilder nicht gesperrt.',
  'Make room on the disk that holds the project, and lock them again.':
    'Schaffen Sie Platz auf dem Laufwerk, auf dem das Projekt liegt, und sperren Sie sie noch einmal.',
  'The colors to be locked could not be written beside the project, so these frames were not locked.':
    'Die zu sperrenden Farben ließen sich nicht neben dem Projekt ablegen, deshalb wurden diese Bilder nicht gesperrt.',
  'Save the project in another folder, and lock them again.':
    'Speichern Sie das Projekt in einem anderen Ordner und sperren Sie sie noch einmal.',

  // Projects
  'No project is open.': 'Es ist kein Projekt geöffnet.',
  'Open a film or a project first.': 'Öffnen Sie zuerst einen Film oder ein Projekt.',
  'This file is not a project of ColoRNN Studio.': 'Diese Datei ist kein Projekt von ColoRNN Studio.',
  'Choose a file that ends in .colornn.': 'Wählen Sie eine Datei, die auf .colornn endet.',
  'This project was made with a newer version of ColoRNN Studio.':
    'Dieses Projekt stammt aus einer neueren Fassung von ColoRNN Studio.',
  'Install the newer version to open it.': 'Installieren Sie die neuere Fassung, um es zu öffnen.',
  '“{0}” is open in another window or on another computer.':
    '„{0}“ ist in einem anderen Fenster oder auf einem anderen Rechner geöffnet.',
  'Close it there first.': 'Schließen Sie es zuerst dort.',
  '“{0}” is being opened by another program.': '„{0}“ wird gerade von einem anderen Programm geöffnet.',
  'Try again in a moment.': 'Versuchen Sie es gleich noch einmal.',
  'Only projects that were never saved can be discarded.':
    'Verwerfen lassen sich nur Projekte, die nie gespeichert wurden.',
  'Choose one from the list.': 'Wählen Sie eines aus der Liste.',
  'The name “{0}” is too long for this disk.': 'Der Name „{0}“ ist zu lang für dieses Laufwerk.',
  'Choose a shorter name.': 'Wählen Sie einen kürzeren Namen.',
  'The disk is full, so this was not done: the picture or colors that it needs could not be written.':
    'Das Laufwerk ist voll, deshalb wurde das nicht gemacht: Ein Bild oder Farben, die dazugehören, ließen sich nicht schreiben.',
  'Make room on the disk that holds “{0}”, then do it again.':
    'Schaffen Sie Platz auf dem Laufwerk mit „{0}“ und machen Sie es noch einmal.',
  'The disk is full; “{0}” could not be written.': 'Das Laufwerk ist voll; „{0}“ konnte nicht geschrieben werden.',
  'Your edits are kept while the program runs.': 'Ihre Arbeit bleibt erhalten, solange das Programm läuft.',
  'What you have open stays as it is.': 'Was Sie geöffnet haben, bleibt, wie es ist.',
  'Your edits are kept in the program’s own folder, and come back even after a crash.':
    'Ihre Arbeit liegt im Ordner des Programms und ist auch nach einem Absturz wieder da.',
  '{0} Make room on the disk that holds “{1}”; {2}.': '{0} Schaffen Sie Platz auf dem Laufwerk mit „{1}“; {2}.',
  'it is tried again by itself': 'dann geht es von selbst weiter',
  'then try again': 'versuchen Sie es dann noch einmal',
  '{0} Save the project in another folder.': '{0} Speichern Sie das Projekt in einem anderen Ordner.',
  'The disk that holds “{0}” is full, so it was opened as a copy: save it in another place.':
    'Das Laufwerk mit „{0}“ ist voll; das Projekt wurde deshalb als Kopie geöffnet. Speichern Sie sie an einem anderen Ort.',
  'Save the project in another folder.': 'Speichern Sie das Projekt in einem anderen Ordner.',
  'The folder “{0}” is not there any more.': 'Den Ordner „{0}“ gibt es nicht mehr.',
  'Connect its disk, or save the project in another folder.':
    'Schließen Sie sein Laufwerk an oder speichern Sie das Projekt in einem anderen Ordner.',
  'Your settings could not be kept in “{0}”.': 'Die Programmeinstellungen konnten nicht in „{0}“ gespeichert werden.',
  'They hold while the program runs. Make room on that disk, or let the program write there; then change a setting once more.':
    'Sie gelten, solange das Programm läuft. Schaffen Sie Platz auf diesem Laufwerk oder lassen Sie das Programm dort schreiben; ändern Sie dann noch einmal eine von ihnen.',
  '“{0}” could not be written.': '„{0}“ konnte nicht geschrieben werden.',
  '“{0}” could not be read.': '„{0}“ konnte nicht gelesen werden.',
  'Check the disk it lies on, and try again.':
    'Prüfen Sie das Laufwerk, auf dem die Datei liegt, und versuchen Sie es noch einmal.',
  'A picture that belongs to this project is missing.': 'Ein Bild, das zu diesem Projekt gehört, fehlt.',
  'Put the folder “{0}” back beside the project file, and save.':
    'Legen Sie den Ordner „{0}“ wieder neben die Projektdatei und speichern Sie.',
  '{0} pictures and colorings that belong to this project are missing.':
    '{0} Bilder und Färbungen, die zu diesem Projekt gehören, fehlen.',
  'Put the folder “{0}” back beside the project file.': 'Legen Sie den Ordner „{0}“ wieder neben die Projektdatei.',
  'A picture that belongs to this project is damaged.': 'Ein Bild, das zu diesem Projekt gehört, ist beschädigt.',
  'Bring the picture in again, or undo to before it was used.':
    'Holen Sie das Bild noch einmal herein oder gehen Sie vor seine Verwendung zurück.',
  '“{0}” is damaged, and there is no backup of it.': '„{0}“ ist beschädigt, und es gibt keine Sicherung davon.',
  'Restore the file from a copy of your own.': 'Stellen Sie die Datei aus einer eigenen Kopie wieder her.',
  '“{0}” was {1}; it was put together again from {2}.': '„{0}“ {1}; die Datei wurde aus {2} wiederhergestellt.',
  missing: 'fehlte',
  damaged: 'war beschädigt',
  'its backup': 'ihrer Sicherung',
  'its journal': 'ihrem Journal',
  'The one unsaved edit of “{0}” could not be read: its journal was damaged.':
    'Die eine nicht gespeicherte Änderung von „{0}“ war nicht zu lesen: Das Journal war beschädigt.',
  'None of the {0} unsaved edits of “{1}” could be read: its journal was damaged.':
    'Von den {0} nicht gespeicherten Änderungen von „{1}“ war keine zu lesen: Das Journal war beschädigt.',
  '{0} of {1} unsaved edits of “{2}” could not be read: its journal was damaged. The others are back.': {
    by: 0,
    one: '{0} von {1} nicht gespeicherten Änderungen von „{2}“ war nicht zu lesen: Das Journal war beschädigt. Die anderen sind wieder da.',
    other:
      '{0} von {1} nicht gespeicherten Änderungen von „{2}“ waren nicht zu lesen: Das Journal war beschädigt. Die anderen sind wieder da.',
  },
  '{0} of {1} unsaved edits of “{2}” could not be read: its journal was damaged.': {
    by: 0,
    one: '{0} von {1} nicht gespeicherten Änderungen von „{2}“ war nicht zu lesen: Das Journal war beschädigt.',
    other: '{0} von {1} nicht gespeicherten Änderungen von „{2}“ waren nicht zu lesen: Das Journal war beschädigt.',
  },
  '{0} of {1} unsaved edits of “{2}” were left out: they rest on others that are missing.': {
    by: 0,
    one: '{0} von {1} nicht gespeicherten Änderungen von „{2}“ entfällt: Sie beruht auf einer anderen, die fehlt.',
    other: '{0} von {1} nicht gespeicherten Änderungen von „{2}“ entfallen: Sie beruhen auf anderen, die fehlen.',
  },
  'The journal of “{0}” was damaged; no unsaved edit is missing.':
    'Das Journal von „{0}“ war beschädigt; keine nicht gespeicherte Änderung fehlt.',
  'The undo history of “{0}” does not reach back to its beginning any more.':
    'Der Verlauf von „{0}“ reicht nicht mehr bis zum Anfang zurück.',
  '“{0}” was changed by another program: its checksum is not right. It opens as it is; look it over.':
    '„{0}“ wurde von einem anderen Programm geändert: Die Prüfsumme stimmt nicht. Das Projekt öffnet sich, wie es ist; sehen Sie es durch.',
  'The journal of “{0}” could not be read. Edits made after the project was last saved are missing, if there were any, and so is the undo history.':
    'Das Journal von „{0}“ war nicht zu lesen. Änderungen seit dem letzten Speichern fehlen, wenn es welche gab, ebenso der Verlauf.',
  'The journal of “{0}” is missing. Edits made after the project was last saved are missing, if there were any, and so is the undo history.':
    'Das Journal von „{0}“ fehlt. Änderungen seit dem letzten Speichern fehlen, wenn es welche gab, ebenso der Verlauf.',
  'One edit newer than the backup is missing.': 'Eine Änderung, die neuer ist als die Sicherung, fehlt.',
  '{0} edits newer than the backup are missing.': '{0} Änderungen, die neuer sind als die Sicherung, fehlen.',
  '“{0}” was taken over by another program.': '„{0}“ wurde von einem anderen Programm übernommen.',
  'What you have open goes on as a copy; save it under another name.':
    'Was Sie geöffnet haben, geht als Kopie weiter; speichern Sie es unter einem anderen Namen.',
  '“{0}” is not in its folder any more: it was moved or removed, or its disk is away.':
    '„{0}“ ist nicht mehr in seinem Ordner: verschoben oder gelöscht, oder das Laufwerk ist weg.',
  'What you have open goes on as a copy; save it in a place of your own.':
    'Was Sie geöffnet haben, geht als Kopie weiter; speichern Sie es an einem eigenen Ort.',
  '“{0}” was changed by another program since it was opened.':
    '„{0}“ wurde von einem anderen Programm geändert, seit es geöffnet ist.',
  'Save under another name, or replace it; what is there is kept beside it then.':
    'Speichern Sie unter einem anderen Namen, oder ersetzen Sie die Datei; das Vorhandene bleibt dann daneben erhalten.',
  'One picture of this film has changed since: {0}.': 'Ein Bild dieses Films wurde inzwischen ersetzt: {0}.',
  '{0} pictures of this film have changed since: {1}.': '{0} Bilder dieses Films wurden inzwischen ersetzt: {1}.',
  '“{0}” was replaced while the film was open.': '„{0}“ wurde ersetzt, während der Film geöffnet war.',
  'Start again: what is finished is kept, and what the picture has outdated is colored anew.':
    'Starten Sie noch einmal: Fertiges bleibt, und was durch das Bild veraltet ist, wird neu gefärbt.',
  '“{0}” has {1} pictures now; this project knows {2}.': {
    by: 1,
    one: '„{0}“ hat jetzt {1} Bild; dieses Projekt kennt {2}.',
    other: '„{0}“ hat jetzt {1} Bilder; dieses Projekt kennt {2}.',
  },
  'One frame of “{0}” was left as it is: its colors come from a pin or a shot that lies behind the end of the film as it is now.':
    'Ein Bild von „{0}“ blieb, wie es ist: Seine Farben kommen von einem angehefteten Bild oder einer Einstellung hinter dem Ende des Films, wie er jetzt ist.',
  '{0} frames of “{1}” were left as they are: their colors come from a pin or a shot that lies behind the end of the film as it is now.':
    '{0} Bilder von „{1}“ blieben, wie sie sind: Ihre Farben kommen von einem angehefteten Bild oder einer Einstellung hinter dem Ende des Films, wie er jetzt ist.',
  'See “Where the films lie” to use the film as it is now, or bring back what it was.':
    'Unter „Wo die Filme liegen“ können Sie den Film verwenden, wie er jetzt ist; oder bringen Sie ihn zurück, wie er war.',
  'See “Where the films lie” to use it as it is now, or bring its folder back to what it was.':
    'Unter „Wo die Filme liegen“ verwenden Sie ihn, wie er jetzt ist; oder bringen Sie seinen Ordner auf den alten Stand.',
  '“{0}” to “{1}”': '„{0}“ bis „{1}“',
  '“{0}”': '„{0}“',
  'Frames that were colored from them are out of date: color them anew. All others keep their colors.':
    'Bilder, deren Farben davon abhängen, sind veraltet: Färben Sie sie neu. Alle anderen behalten ihre Farben.',
  'What another program had written is kept as “{0}”.':
    'Was ein anderes Programm geschrieben hatte, bleibt als „{0}“ erhalten.',
  '“{0}” is open elsewhere, so it was opened as a copy: save it in a place of your own.':
    '„{0}“ ist anderswo geöffnet und wurde deshalb als Kopie geöffnet: Speichern Sie sie an einem eigenen Ort.',
  'The project stays open.': 'Das Projekt bleibt geöffnet.',
  Untitled: 'Ohne Titel',
  'One edit of “{0}” could not be written.': 'Eine Änderung von „{0}“ ließ sich nicht schreiben.',
  '{0} edits of “{1}” could not be written.': '{0} Änderungen von „{1}“ ließen sich nicht schreiben.',
  'The journal beside “{0}” belongs to another copy of the project; it was put aside, and the undo history begins anew.':
    'Das Journal neben „{0}“ gehört zu einer anderen Kopie des Projekts; es wurde beiseitegelegt, und der Verlauf beginnt neu.',
  'What was there is kept as “{0}”.': 'Was dort war, ist als „{0}“ aufgehoben.',
  'You may not write beside “{0}”, so it was opened as a copy: save it in a place of your own.':
    'Sie dürfen neben „{0}“ nicht schreiben, darum ist eine Kopie geöffnet: Speichern Sie sie an einem eigenen Ort.',

  // The program itself
  'Something went wrong inside ColoRNN Studio.': 'In ColoRNN Studio ist etwas schiefgegangen.',
  'Your footage is unharmed. Try again; if it happens again, report it with the details below.':
    'Ihr Film ist unversehrt. Versuchen Sie es noch einmal; geschieht es wieder, melden Sie es mit den Einzelheiten unten.',
  'The window asked for “{0}”, which nobody has chosen.': 'Das Fenster hat „{0}“ verlangt, was niemand gewählt hat.',
  'Choose the file in a dialog, or drop it on the window.':
    'Wählen Sie die Datei in einem Dialog, oder ziehen Sie sie auf das Fenster.',
  'The window asked for something that makes no sense.': 'Das Fenster hat etwas verlangt, das keinen Sinn ergibt.',
  'Try again; if it happens again, report it with the details below.':
    'Versuchen Sie es noch einmal; geschieht es wieder, melden Sie es mit den Einzelheiten unten.',
  'The program ffmpeg crashed while it read “{0}”.': 'Das Programm ffmpeg ist beim Lesen von „{0}“ abgestürzt.',
  'Use another version of ffmpeg: install it, or set COLORNN_FFMPEG to its path. Or convert the film.':
    'Nehmen Sie eine andere Fassung von ffmpeg: Installieren Sie sie, oder setzen Sie COLORNN_FFMPEG auf ihren Pfad. Oder wandeln ' +
    'Sie den Film um.',
  'The ffmpeg that the COLORNN_FFMPEG setting names is not there or can not be run.':
    'Das ffmpeg, das COLORNN_FFMPEG nennt, ist nicht da oder lässt sich nicht starten.',
  'Correct the setting, or remove it to use the ffmpeg that the program finds by itself.':
    'Berichtigen Sie die Angabe oder entfernen Sie sie, dann wird das ffmpeg verwendet, das das Programm selbst findet.',
  'The program ffmpeg, which reads and writes the films, was not found on this computer.':
    'Das Programm ffmpeg, das die Filme liest und schreibt, wurde auf diesem Rechner nicht gefunden.',
  'The program ffmpeg, which reads and writes the films, could not be started.':
    'Das Programm ffmpeg, das die Filme liest und schreibt, ließ sich nicht starten.',
  'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path, and start again.':
    'Installieren Sie ffmpeg 5.1 oder neuer oder nennen Sie seinen vollen Pfad in COLORNN_FFMPEG, und starten Sie neu.',
  'The program found in the place of ffmpeg does not answer as ffmpeg does.':
    'Das Programm an der Stelle von ffmpeg antwortet nicht wie ffmpeg.',
  'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to its full path.':
    'Installieren Sie ffmpeg 5.1 oder neuer oder nennen Sie seinen vollen Pfad in COLORNN_FFMPEG.',
  'The ffmpeg on this computer is version {0}, which is too old.':
    'Das ffmpeg auf diesem Rechner hat die Fassung {0} und ist zu alt.',
  'Install ffmpeg 5.1 or newer, or set COLORNN_FFMPEG to the path of a newer one.':
    'Installieren Sie ffmpeg 5.1 oder neuer oder nennen Sie den Pfad eines neueren in COLORNN_FFMPEG.',
  'TensorFlow, which computes the colors, could not be loaded on this computer.':
    'TensorFlow, das die Farben berechnet, ließ sich auf diesem Rechner nicht laden.',
  'Run npm start once more, which sets it up again; on a packaged version, install the program again.':
    'Rufen Sie noch einmal npm start auf, das es neu einrichtet; sonst installieren Sie das Programm neu.',
  'The trained networks that the program came with are not in their place.':
    'Die trainierten Netze, die zum Programm gehören, sind nicht an ihrem Ort.',
  'The trained networks that the program came with are damaged.':
    'Die trainierten Netze, die zum Programm gehören, sind beschädigt.',
  'Install the program again, or copy the folder “models/weights” back from its archive.':
    'Installieren Sie das Programm neu oder kopieren Sie den Ordner „models/weights“ aus seinem Archiv zurück.',
  'stream {0} ({1}one picture, {2})': 'Strom {0} ({1}ein Bild, {2})',
  'stream {0} ({1}{2} pictures, {3})': 'Strom {0} ({1}{2} Bilder, {3})',
  'The file holds other pictures as well: {0}. The film that is opened is {1}.':
    'Die Datei enthält noch andere Bilder: {0}. Als Film geöffnet ist {1}.',
  'More than one of them could be the film. If it is another one, take that out of the file first.':
    'Mehr als einer davon könnte der Film sein. Ist es ein anderer, lösen Sie ihn zuerst aus der Datei heraus.',
  'at frame {0} it runs back by {1}': 'bei Bild {0} springt sie um {1} zurück',
  'at frame {0} it leaps by {1}': 'bei Bild {0} springt sie um {1} vor',
  '{0} from frame {1} on': '{0} ab Bild {1}',
  '{0} more changes': {
    by: 0,
    one: '{0} weiterer Wechsel',
    other: '{0} weitere Wechsel',
  },
  'The size, shape or format of the pictures changes within the film: {0}.':
    'Größe, Form oder Format der Bilder wechseln im Film: {0}.',
  'An export is written as parts of one size each, which keep their very samples, or as a whole at the largest size, in which other shapes stand between black bars.':
    'Ein Export wird in Teilen von je einer Größe geschrieben, die alle ihre Werte genau behalten, oder als Ganzes in der größten Größe, ' +
    'in der andere Formen zwischen schwarzen Balken stehen.',
  'The size, shape or format of the pictures changes in the film: {0}. All were written as {1}; those of another were converted and are not as they were, bit for bit.':
    'Größe, Form oder Format der Bilder wechseln im Film: {0}. Alle wurden als {1} geschrieben; die anderen wurden umgerechnet und sind ' +
    'nicht mehr Bit für Bit, was sie waren.',
  'To keep every picture’s own samples, export the film in parts of one size each.':
    'Damit jedes Bild seine eigenen Werte behält, exportieren Sie den Film in Teilen von je einer Größe.',
  '{0} from frame {1} (“{2}”) on': '{0} ab Bild {1} („{2}“)',
  '“{0}” ({1}, frames {2} to {3})': '„{0}“ ({1}, Bilder {2} bis {3})',
  'The film was written in parts of one size each: {0}.':
    'Der Film wurde in Teilen von je einer Größe geschrieben: {0}.',
  'The film says that its colors are in the matrix “{0}”, which can not be converted: where it keeps its own they may come out as others.':
    'Der Film gibt für seine Farben die Matrix „{0}“ an, die nicht umgerechnet werden kann: Wo er seine eigenen behält, können sie anders herauskommen.',
  'Where the film keeps its own colors they were converted from {0} to {1}, luma as well: the export says that it is in that.':
    'Wo der Film seine eigenen Farben behält, wurden sie von {0} in {1} umgerechnet, auch die Luma: So ist der Export gekennzeichnet.',
  'The part “{0}” was finished before and is kept.': 'Der Teil „{0}“ war vorher fertig und bleibt.',
  'The parts “{0}” to “{1}” were finished before and are kept.':
    'Die Teile „{0}“ bis „{1}“ waren vorher fertig und bleiben.',
  'at {0} more places': {
    by: 0,
    one: 'an {0} weiteren Stelle',
    other: 'an {0} weiteren Stellen',
  },
  'The film’s clock does not go on everywhere, as where recordings were joined: {0}. All pictures are kept, one after another.':
    'Die Uhr des Films läuft nicht überall weiter, wie dort, wo Aufnahmen aneinandergehängt wurden: {0}. Alle Bilder bleiben, ' +
    'eins nach dem anderen.',
  'is a HEIC or AVIF photograph, which can not be read.':
    'ist ein Foto im Format HEIC oder AVIF, das sich nicht lesen lässt.',
  'Convert it to PNG or TIFF with a program that shows it.':
    'Wandeln Sie es mit einem Programm, das es zeigt, in PNG oder TIFF um.',
  'is encrypted, so its pictures can not be decoded.': 'ist verschlüsselt; die Bilder lassen sich nicht lesen.',
  'Open a copy of the film that is not encrypted.': 'Öffnen Sie eine Kopie des Films, die nicht verschlüsselt ist.',
  'is a BigTIFF, which can not be read.': 'ist ein BigTIFF, das nicht gelesen werden kann.',
  'Save the pictures again as plain TIFF, or as PNG.': 'Speichern Sie die Bilder als gewöhnliches TIFF oder als PNG.',
  'is in a form that this ffmpeg can not decode.': 'hat eine Form, die dieses ffmpeg nicht lesen kann.',
  'Convert it with the tool that made it: films to ProRes or FFV1, pictures to PNG or TIFF of 8 or 16 bits.':
    'Wandeln Sie die Datei mit dem Programm um, das sie geschrieben hat: Filme in ProRes oder FFV1, Bilder in PNG oder TIFF mit ' +
    '8 oder 16 Bit.',
  'holds half-float samples, which can not be read as they are meant.':
    'enthält Gleitkommazahlen halber Genauigkeit, die sich nicht so lesen lassen, wie sie gemeint sind.',
  'Save the pictures again as TIFF of 16 bits, or as EXR.':
    'Speichern Sie die Bilder noch einmal als TIFF mit 16 Bit oder als EXR.',
  'The film is stored mirrored. Pictures are written upright; an export as a film is mirrored as the source is, and has to be mirrored when it is shown.':
    'Der Film ist gespiegelt gespeichert. Einzelbilder werden richtig herum geschrieben; ein Export als Film ist gespiegelt wie ' +
    'die Quelle und muss beim Zeigen gespiegelt werden.',
  'The pictures hold scene-linear light; it is brought to the curve of sRGB, as screens want it.':
    'Die Bilder enthalten lineares Licht; es wird auf die Kurve von sRGB gebracht, wie Bildschirme sie brauchen.',
  'has a color profile that can not be applied.': 'hat ein Farbprofil, das sich nicht anwenden lässt.',
  'Convert it to sRGB in the program that it was painted with, and save it again.':
    'Wandeln Sie es in dem Programm, mit dem es gemalt wurde, in sRGB um und speichern Sie es noch einmal.',
  '“{0}” is no timecode; write hours, minutes, seconds and frames, as in 01:00:00:00.':
    '„{0}“ ist kein Timecode; schreiben Sie Stunden, Minuten, Sekunden und Bilder, wie in 01:00:00:00.',
  'The timecode “{0}” does not exist: hours go to 23, minutes and seconds to 59.':
    'Den Timecode „{0}“ gibt es nicht: Stunden gehen bis 23, Minuten und Sekunden bis 59.',
  'The timecode “{0}” does not exist at this frame rate: frames go to {1}.':
    'Den Timecode „{0}“ gibt es bei dieser Bildrate nicht: Bilder gehen bis {1}.',
  'Drop-frame timecode, with a semicolon before the frames, exists at 29.97 and 59.94 frames/s alone; write “{0}”.':
    'Drop-Frame-Timecode, mit einem Strichpunkt vor den Bildern, gibt es nur bei 29,97 und 59,94 Bildern/s; schreiben Sie „{0}“.',
  'The timecode “{0}” does not exist: drop-frame leaves out the first {1} of every minute but each tenth.':
    'Den Timecode „{0}“ gibt es nicht: Drop-Frame lässt die ersten {1} jeder Minute aus, außer jeder zehnten.',
  '{0} files hold sound in 24 bits at most; of the {1} sound what is louder than full scale is cut off, and what is finer is rounded.':
    '{0}-Dateien halten Ton mit höchstens 24 Bit; im {1}-Ton wird abgeschnitten, was lauter als Vollaussteuerung ist, und gerundet, was feiner ist.',
  '{0} files hold sound in 24 bits at most; of the {1} sound what is finer is rounded.':
    '{0}-Dateien halten Ton mit höchstens 24 Bit; im {1}-Ton wird gerundet, was feiner ist.',
  'MXF files hold sound as PCM of 48 kHz; the {0} sound is converted.':
    'MXF-Dateien halten Ton als PCM mit 48 kHz; der {0}-Ton wird umgewandelt.',
  'MXF files hold no chapters; they are left out.': 'MXF-Dateien halten keine Kapitel; sie werden weggelassen.',
  'Choose another format, or install another ffmpeg.':
    'Wählen Sie ein anderes Format oder installieren Sie ein anderes ffmpeg.',
  'Choose FFV1 in Matroska or PNG, which take every size; of an odd side, a line can be cropped.':
    'Wählen Sie FFV1 in Matroska oder PNG, die jede Größe nehmen; von einer ungeraden Seite lässt sich eine Zeile abschneiden.',
  'Choose FFV1 in Matroska or PNG, which take every size, or have the picture enlarged.':
    'Wählen Sie FFV1 in Matroska oder PNG, die jede Größe nehmen, oder lassen Sie das Bild vergrößern.',
  'Choose FFV1 in Matroska, which takes every rate.': 'Wählen Sie FFV1 in Matroska, das jede Bildrate nimmt.',
  'The frame rate varies, so what the timecode is at the start of each shot is not known.':
    'Die Bildrate schwankt, daher ist nicht bekannt, welchen Timecode der Anfang jeder Einstellung hat.',
  'Leave the start timecode out, or export the shots one by one, each with its own.':
    'Lassen Sie den Start-Timecode weg, oder exportieren Sie die Einstellungen einzeln, jede mit ihrem eigenen.',
  'The frame rate varies, so the timecode of the frames before or behind the one that was given is not known.':
    'Die Bildrate schwankt, daher ist der Timecode der Bilder vor oder hinter dem angegebenen nicht bekannt.',
  'Leave the start timecode out, or export this part by itself, without frames around it.':
    'Lassen Sie den Start-Timecode weg, oder exportieren Sie diesen Teil für sich, ohne Bilder darum herum.',
  'Choose the same in QuickTime, or FFV1 in Matroska, which take every rate.':
    'Wählen Sie dasselbe in QuickTime oder FFV1 in Matroska, die jede Bildrate nehmen.',
  '{0} needs one steady frame rate, and this film’s varies.':
    '{0} braucht eine gleichbleibende Bildrate, und die dieses Films wechselt.',
  '{0} knows {1} frames/s; this film has {2}.': '{0} kennt {1} Bilder/s; dieser Film hat {2}.',
  'Pictures have no times of their own; that the film’s frame rate varies is not in this export.':
    'Bilder haben keine eigenen Zeiten; dass die Bildrate des Films wechselt, steht nicht in diesem Export.',
  'Correct the start timecode.': 'Berichtigen Sie den Start-Timecode.',
  'This ffmpeg ({0}) can not write {1}: it was built without the encoder {2}.':
    'Dieses ffmpeg ({0}) kann kein {1} schreiben: Es wurde ohne den Encoder {2} gebaut.',
  'This ffmpeg ({0}) can not put {1} into MXF; 7.0 and newer ones can.':
    'Dieses ffmpeg ({0}) kann {1} nicht in MXF verpacken; 7.0 und neuere können es.',
  'Picture {0} of the export is not as it was to be written: ffmpeg has written another.':
    'Bild {0} des Exports ist nicht so, wie es geschrieben werden sollte: ffmpeg hat ein anderes geschrieben.',
  '“{0}” of the export is not the picture that was to be written, sample for sample.':
    '„{0}“ des Exports ist nicht Wert für Wert das Bild, das geschrieben werden sollte.',
  'The picture that was written is not the one that was to be written, sample for sample; it was removed.':
    'Das geschriebene Bild ist nicht Wert für Wert das, das geschrieben werden sollte; es wurde entfernt.',
  'Read back: {0} pictures, each sample for sample as it was to be written.': {
    by: 0,
    one: 'Zurückgelesen: {0} Bild, Wert für Wert so, wie es geschrieben werden sollte.',
    other: 'Zurückgelesen: {0} Bilder, jedes Wert für Wert so, wie es geschrieben werden sollte.',
  },
  'Read back: {0} pictures, all whole.': {
    by: 0,
    one: 'Zurückgelesen: {0} Bild, ganz.',
    other: 'Zurückgelesen: {0} Bilder, alle ganz.',
  },
  'Read back: {0} pictures at {1} frames/s, luma bit for bit as in the film and color as it was made; times, timecode, fields, shape, colors and sound as ordered.':
    {
      by: 0,
      one: 'Zurückgelesen: {0} Bild mit {1} Bildern/s, Luma Bit für Bit wie im Film und Farbe, wie sie gemacht wurde; Zeiten, Timecode, Halbbilder, Form, Farben und Ton wie bestellt.',
      other:
        'Zurückgelesen: {0} Bilder mit {1} Bildern/s, Luma Bit für Bit wie im Film und Farbe, wie sie gemacht wurde; Zeiten, Timecode, Halbbilder, Form, Farben und Ton wie bestellt.',
    },
  'Read back: {0} pictures at {1} frames/s; times, timecode, fields, shape, colors and sound as ordered.': {
    by: 0,
    one: 'Zurückgelesen: {0} Bild mit {1} Bildern/s; Zeiten, Timecode, Halbbilder, Form, Farben und Ton wie bestellt.',
    other:
      'Zurückgelesen: {0} Bilder mit {1} Bildern/s; Zeiten, Timecode, Halbbilder, Form, Farben und Ton wie bestellt.',
  },
  'Read back: a comparison of {0} pictures of {1} × {2} pixels at {3} frames/s; times, timecode, fields, shape, colors and sound as ordered.':
    {
      by: 0,
      one: 'Zurückgelesen: ein Vergleich von {0} Bild mit {1} × {2} Pixeln und {3} Bildern/s; Zeiten, Timecode, Halbbilder, Form, Farben und Ton wie bestellt.',
      other:
        'Zurückgelesen: ein Vergleich von {0} Bildern mit {1} × {2} Pixeln und {3} Bildern/s; Zeiten, Timecode, Halbbilder, Form, Farben und Ton wie bestellt.',
    },
  'What the film says of the light it was made for (mastering display, MaxCLL, MaxFALL) could not be written into the export; enter it where the export is used.':
    'Was der Film über das Licht sagt, für das er gemacht ist (Mastering-Display, MaxCLL, MaxFALL), konnte nicht in den Export geschrieben werden; tragen Sie es dort ein, wo der Export gebraucht wird.',
  '{0} can not say which primaries the film’s colors have ({1}); enter them where the export is used.':
    '{0} kann nicht angeben, welche Primärvalenzen die Farben des Films haben ({1}); tragen Sie sie dort ein, wo der Export gebraucht wird.',
  '{0} can not say which transfer curve the film has ({1}); enter it where the export is used.':
    '{0} kann nicht angeben, welche Übertragungskurve der Film hat ({1}); tragen Sie sie dort ein, wo der Export gebraucht wird.',
  'The name of the film’s reel, “{0}”, has no place in this export ({1}); note it elsewhere.':
    'Der Name der Filmrolle, „{0}“, hat in diesem Export ({1}) keinen Platz; notieren Sie ihn anderswo.',
  'Mastering display and light levels are the film’s.': 'Mastering-Display und Lichtwerte sind die des Films.',
  '“{0}” is finished and whole, but its checksum could not be written. {1}':
    '„{0}“ ist fertig und ganz, aber die Prüfsumme konnte nicht geschrieben werden. {1}',
  'The disk that holds “{0}” is full.': 'Das Laufwerk mit „{0}“ ist voll.',
  'There is no report of “{0}”. {1} {2}': 'Zu „{0}“ gibt es keinen Bericht. {1} {2}',
  'The export’s pictures are {0} × {1} instead of {2} × {3}.':
    'Die Bilder des Exports sind {0} × {1} statt {2} × {3} groß.',
  // The record of an export
  'Not all that this export says of itself could be written; marks of its colors or of its origin may be missing.':
    'Nicht alles, was dieser Export über sich sagt, ließ sich schreiben; Angaben zu seinen Farben oder seiner Herkunft können fehlen.',
  'The name of the record of “{0}” was taken; it is called “{1}”.':
    'Der Name des Protokolls von „{0}“ war vergeben; es heißt „{1}“.',
  '“{0}” is finished and whole, but the record of it could not be written. {1}':
    '„{0}“ ist fertig und vollständig, aber das Protokoll dazu ließ sich nicht schreiben. {1}',
  // Exports that wait
  'These are {0} shots; at most {1} are exported as files of their own at a time.':
    'Das sind {0} Einstellungen; höchstens {1} auf einmal werden als eigene Dateien exportiert.',
  'Mark a part of the film with fewer shots.': 'Markieren Sie einen Teil des Films mit weniger Einstellungen.',
  'The shots of this film are still being looked for: it is not known yet which files these would be.':
    'Die Schnitte dieses Films werden noch gesucht: Welche Dateien das wären, ist noch nicht bekannt.',
  'Export them when all shots are found, or export the film as one file.':
    'Exportieren Sie sie, wenn alle Schnitte gefunden sind, oder den Film als eine Datei.',
  'What was written down of this order is damaged or gone.':
    'Was zu diesem Auftrag aufgeschrieben war, ist beschädigt oder fehlt.',
  'Order the export again from its project.': 'Geben Sie den Export aus seinem Projekt noch einmal in Auftrag.',
  'The list of exports was damaged; it was put together again from the orders themselves.':
    'Die Liste der Exporte war beschädigt; sie wurde aus den Aufträgen selbst neu zusammengestellt.',
  'Look through the list: some of them may have been cancelled before.':
    'Sehen Sie die Liste durch: Manche waren vielleicht schon abgebrochen.',
  'Nothing was waiting to be exported.': 'Es wartete kein Export.',
  'The exports that wait were ordered with a later version of ColoRNN Studio, and are left to it.':
    'Die wartenden Exporte stammen von einer neueren Version von ColoRNN Studio und bleiben dieser überlassen.',
  'To go on with them in that version, close the program and rename the folder “{0}” to “{1}”.':
    'Um sie in jener Version fortzusetzen, schließen Sie das Programm und benennen den Ordner „{0}“ in „{1}“ um.',
  'The film of “{0}” is no longer the one that was ordered.':
    'Der Film von „{0}“ ist nicht mehr der, für den der Export in Auftrag gegeben wurde.',
  'Bring the film of before back and try again, or order the export anew.':
    'Bringen Sie den früheren Film zurück und versuchen Sie es noch einmal, oder geben Sie den Export neu in Auftrag.',
  'Bring it back, connect its disk, or say in its project where it lies now: the export then goes on by itself.':
    'Bringen Sie ihn zurück, schließen Sie sein Laufwerk an oder geben Sie in seinem Projekt an, wo er jetzt liegt: Der Export geht dann von selbst weiter.',
  'Connect its disk: the export then goes on by itself. Or cancel it, and order it elsewhere.':
    'Schließen Sie sein Laufwerk an: Der Export geht dann von selbst weiter. Oder brechen Sie ihn ab und geben ihn mit einem anderen Ziel in Auftrag.',
  'Another export in the list goes to “{0}” already.': 'Ein anderer Export der Liste geht schon nach „{0}“.',
  'Choose another name, or cancel that one first.': 'Wählen Sie einen anderen Namen, oder brechen Sie jenen zuerst ab.',
  'No frame of this film is pinned.': 'Kein Bild dieses Films ist angeheftet.',
  'Pin a frame first.': 'Heften Sie zuerst ein Bild an.',
  // What was found in a finished film
  'This export is no longer in the list.': 'Dieser Export steht nicht mehr in der Liste.',
  'Look a film through with “npm run inspect” instead.': 'Sehen Sie den Film stattdessen mit „npm run inspect“ durch.',
  'The color jumps by {0} of 255.': 'Die Farbe springt um {0} von 255.',
  'This frame has no color.': 'Dieses Bild hat keine Farbe.',
  'These {0} frames have no color.': 'Diese {0} Bilder haben keine Farbe.',
  'Brightness jumps by {0} % for a moment.': 'Die Helligkeit springt für einen Augenblick um {0} %.',
  '{0} % of the picture is more saturated than a screen can show.':
    '{0} % des Bildes sind gesättigter, als ein Bildschirm zeigen kann.',
  'The networks were unsure of these colors: {0} %.': 'Die Netze waren sich dieser Farben nicht sicher: {0} %.',
  'Colors like those of skin lean to green, by {0}°.': 'Farben wie die von Haut neigen zu Grün, um {0}°.',
  'Colors like those of skin lean to magenta, by {0}°.': 'Farben wie die von Haut neigen zu Magenta, um {0}°.',
  'The frame before is shown again; in the original it is another.':
    'Das Bild davor ist noch einmal zu sehen; im Original ist es ein anderes.',
  'One frame of the original is missing here.': 'Hier fehlt ein Bild des Originals.',
  '{0} frames of the original are missing here.': 'Hier fehlen {0} Bilder des Originals.',
  'No other cuts were found. What you have done to cuts by hand stays.':
    'Andere Schnitte wurden nicht gefunden. Was Sie an Schnitten von Hand gemacht haben, bleibt.',
  'Cuts of “{0}” were looked for again (new: {1}, gone: {2}). What you have done to cuts by hand stays.':
    'Die Schnitte von „{0}“ wurden neu gesucht (neu: {1}, weg: {2}). Was Sie an Schnitten von Hand gemacht haben, bleibt.',
  'Undo brings back what was there before.': '„Rückgängig“ bringt zurück, was vorher da war.',
}
